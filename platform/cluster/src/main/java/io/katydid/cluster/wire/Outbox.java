package io.katydid.cluster.wire;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Keeps messages for the thread of a socket: any thread puts, that thread takes. Bounded in number and bytes; neither side ever waits. */
final class Outbox {
    private final ConcurrentLinkedQueue<Outgoing> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /** Takes the message in, or gives false when there is no room. */
    boolean offer(Outgoing message) {
        int length = message.frame().length;
        if (count.incrementAndGet() > Limits.WAITING || bytes.addAndGet(length) > Limits.WAITING_BYTES) {
            // Counted back in the order of above: a message refused for the number was not added to the bytes.
            if (count.getAndDecrement() <= Limits.WAITING) bytes.addAndGet(-length);
            return false;
        }
        queue.add(message);
        return true;
    }

    @Nullable Outgoing peek() {
        return queue.peek();
    }

    void remove() {
        var message = queue.poll();
        if (message == null) return;
        count.decrementAndGet();
        bytes.addAndGet(-message.frame().length);
    }

    boolean isEmpty() { return queue.isEmpty(); }

    int size() {
        return count.get();
    }
}
