package io.katydid.cluster.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes the thread that waits for it: when others ring, which works from interrupted threads too, and when a channel it watches can be read. */
final class Bell implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.cluster");
    private final Selector selector;
    /** Is also the lock of the selector's end, which has one of its own that it holds while it waits. */
    private final AtomicBoolean rung = new AtomicBoolean();
    private List<SelectableChannel> watched = List.of();

    Bell() {
        try {
            selector = Selector.open();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Rings, unless somebody did who was not answered yet. Any thread. */
    void ring() {
        if (!rung.getAndSet(true)) insist();
    }

    /** Rings in any case. Any thread. */
    void insist() {
        synchronized (rung) {
            if (selector.isOpen()) selector.wakeup();
        }
    }

    /** Takes all who rang so far as heard, and watches these channels until others are given. Whoever calls then looks what was wanted. */
    void answer(List<SelectableChannel> channels) {
        // Before the mark is taken away: registering forgets a ring.
        watch(channels);
        rung.set(false);
    }

    private void watch(List<SelectableChannel> channels) {
        if (channels.equals(watched)) return;
        try {
            selector.keys().forEach(SelectionKey::cancel);
            selector.selectNow();
            for (var channel : channels) channel.register(selector, SelectionKey.OP_READ);
            watched = channels;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Lets go of all channels, which their owner closes. */
    void forget() {
        watched = List.of();
        selector.keys().forEach(SelectionKey::cancel);
    }

    /** Waits for a ring or a channel, for so long at most, in whole milliseconds and at least one. */
    void await(long nanos) {
        try {
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
            selector.selectedKeys().clear();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Ends it; whoever rings then is not heard. */
    @Override public void close() {
        synchronized (rung) {
            try {
                selector.close();
            } catch (IOException problem) {
                LOG.debug("A selector did not close well", problem);
            }
        }
    }
}
