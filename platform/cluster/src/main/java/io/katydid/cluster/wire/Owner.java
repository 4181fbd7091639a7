package io.katydid.cluster.wire;

import io.katydid.api.KatydidException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns a socket: one platform thread opens it, sends, receives and closes it, for ZeroMQ's sockets are not for several threads and an interrupt breaks
 * them. Nobody interrupts this thread; others leave messages in the outbox and ring its bell.
 */
final class Owner implements AutoCloseable {
    /** Hears what comes; called on the owner's thread. */
    interface Events {

        void received(Incoming incoming);

        void broken(Exception why);
    }

    private static final Logger LOG = LoggerFactory.getLogger("katydid.cluster");
    /** How many messages go in one direction before the other has its turn. */
    private static final int AT_ONCE = 256;
    private static final long IDLE_MILLIS = 500;
    private static final long CONNECTING_MILLIS = 100;
    private static final long CLOSE_MILLIS = 1_800;
    private static final long AT_NONE = Long.MIN_VALUE;
    private final String name;
    private final Line.Opener opener;
    private final boolean keepsWhenFull;
    private final Timing timing;
    private final Events events;
    private final Outbox outbox = new Outbox();
    private final Retries retries;
    private final Bell bell = new Bell();
    private final Thread thread;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final AtomicBoolean reopen = new AtomicBoolean();
    private final Drops drops = new Drops();
    private volatile boolean closing;
    private volatile long takingSince = AT_NONE;
    private @Nullable Line line;
    private long openAgain;

    /** Prepares one; a message that cannot go at once is kept and tried again when keepsWhenFull, and else dropped. */
    Owner(String name, Line.Opener opener, boolean keepsWhenFull, Timing timing, Events events) {
        this.name = name;
        this.opener = opener;
        this.keepsWhenFull = keepsWhenFull;
        this.timing = timing;
        this.events = events;
        retries = new Retries(timing.sending());
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    /** Starts the thread and waits until the line is open. An interrupt is kept for later: half an open socket helps nobody. */
    void start() {
        thread.start();
        try {
            opened.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof KatydidException problem) throw problem;
            throw new KatydidException("The " + name + " could not be opened: " + failed.getCause() + ". See whether its address is right.",
                failed);
        }
    }

    void send(Outgoing message) {
        if (closing) {
            LOG.debug("A message to {} was dropped: the {} is closed.", message.clientId(), name);
        } else if (outbox.offer(message)) {
            bell.ring();
        } else {
            drops.add(message.clientId(), "there are too many messages before it");
        }
    }

    /** Closes the line and opens a new one, without losing what is in the outbox. */
    void reopen() {
        reopen.set(true);
        bell.ring();
    }

    int waiting() {
        return outbox.size();
    }

    /** Gives for how long it has been at one message that came; zero when it is at none. */
    Duration takingFor() {
        long since = takingSince;
        return since == AT_NONE ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    private void run() {
        try {
            line = opener.open(bell::ring);
            opened.complete(null);
            while (!closing) guarded(this::turn);
            drain();
        } catch (RuntimeException problem) {
            if (!opened.completeExceptionally(problem)) LOG.warn("The {} did not end well", name, problem);
        } finally {
            opened.completeExceptionally(new IllegalStateException("its thread ended"));
            closeLine();
            bell.close();
        }
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | AssertionError problem) {
            // ZeroMQ asserts what it believes of its own state.
            fail(problem instanceof Exception exception ? exception : new IllegalStateException(problem));
        }
        // A listener may have left its interrupt; the next use of the socket would break it.
        Thread.interrupted();
    }

    private void turn() {
        answer();
        if (reopen.getAndSet(false)) {
            closeLine();
            openAgain = System.nanoTime();
        }
        var open = line;
        if (open == null) {
            long left = openAgain - System.nanoTime();
            if (left > 0) {
                bell.await(left);
            } else {
                line = opener.open(bell::ring);
            }
            return;
        }
        open.tick();
        boolean more = send(open);
        more |= receive(open);
        if (!more)
            bell.await(
                Math.min(TimeUnit.MILLISECONDS.toNanos(open.isUp() ? IDLE_MILLIS : CONNECTING_MILLIS), retries.left(System.nanoTime())));
    }

    /** Sends some; true when there are more that can go now. */
    private boolean send(Line open) {
        for (int i = 0; i < AT_ONCE; i++) {
            var message = outbox.peek();
            if (message == null || !open.isUp() || retries.left(System.nanoTime()) > 0 && retries.isWaiting()) return false;
            if (!sent(open, message)) return false;
            retries.over();
            outbox.remove();
        }
        return true;
    }

    /** Says whether the message is done with, sent or given up. */
    private boolean sent(Line open, Outgoing message) {
        try {
            switch (open.send(message)) {
                case DONE -> drops.end(message.clientId());
                case NOBODY -> {
                    drops.forget(message.clientId());
                    LOG.debug("A message to {} was dropped: no such peer is connected.", message.clientId());
                }
                case FULL -> {
                    if (keepsWhenFull) return again(message, null);
                    drops.add(message.clientId(), "it does not read what was sent before");
                }
            }
            return true;
        } catch (RuntimeException problem) {
            return again(message, problem);
        }
    }

    private boolean again(Outgoing message, @Nullable RuntimeException problem) {
        if (retries.next(System.nanoTime())) {
            LOG.debug("A message to {} could not be sent and is tried again", message.clientId(), problem);
            return false;
        }
        var text = "A message to " + message.clientId() + " could not be sent in " + (timing.sending().size() + 1) + " tries and is lost: "
            + (problem == null ? "the peer does not read" : problem.toString()) + ". See whether the peer lives and can be reached.";
        if (problem == null) {
            tell(new KatydidException(text));
        } else {
            outbox.remove();
            retries.over();
            throw new KatydidException(text, problem);
        }
        return true;
    }

    /** Receives some; true when there may be more. */
    private boolean receive(Line open) {
        for (int i = 0; i < AT_ONCE; i++) {
            var incoming = open.receive();
            if (incoming == null) return false;
            takingSince = System.nanoTime();
            heard(() -> events.received(incoming));
            takingSince = AT_NONE;
            if (closing) return false;
        }
        return true;
    }

    private void tell(Exception why) {
        heard(() -> events.broken(why));
    }

    private void heard(Runnable call) {
        try {
            call.run();
        } catch (Throwable problem) {
            LOG.error("A listener of the {} failed and is called again for the next message: {}", name, problem.toString(), problem);
        }
        Thread.interrupted();
    }

    private void fail(Exception why) {
        LOG.warn("The {} broke and is opened again in {} s: {}", name, timing.opening().toMillis() / 1e3, why.toString());
        LOG.debug("The {} broke", name, why);
        closeLine();
        openAgain = System.nanoTime() + timing.opening().toNanos();
        tell(why);
    }

    private void closeLine() {
        var open = line;
        line = null;
        bell.forget();
        if (open == null) return;
        try {
            open.close();
        } catch (RuntimeException | AssertionError problem) {
            LOG.debug("The line of the {} did not close well", name, problem);
        }
    }

    private void answer() {
        bell.answer(line == null ? List.of() : line.wakes());
    }

    /** Sends what was left before the end, for as long as the peers take it and time allows. */
    private void drain() {
        long end = System.nanoTime() + timing.draining().toNanos();
        while (!outbox.isEmpty() && System.nanoTime() < end) {
            answer();
            retries.over();
            var open = line;
            if (open == null) return;
            open.tick();
            if (!send(open)) bell.await(Duration.ofMillis(20).toNanos());
        }
    }

    /** Ends the thread, after what was queued before is sent; waits for it, unless this is that thread. */
    @Override public void close() {
        closing = true;
        bell.insist();
        if (Thread.currentThread() == thread || !thread.isAlive()) return;
        boolean interrupted = Thread.interrupted();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
        while (thread.isAlive() && System.nanoTime() < end) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (thread.isAlive()) LOG.warn("The {} still closes after {} s; it ends by itself.", name, CLOSE_MILLIS / 1e3);
        if (interrupted) Thread.currentThread().interrupt();
    }
}
