package io.katydid.otel;

import io.katydid.api.Listener;
import io.katydid.api.event.RequestEvent;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Makes a span of each request, on a daemon thread of its own: the user's thread only notes what there is to say and tries a bounded queue. */
final class RequestSpans implements Listener<RequestEvent>, AutoCloseable {
    private static final int CAPACITY = 20_000;
    private static final int PAUSE_MILLIS = 10;
    private final ArrayBlockingQueue<EndedRequest> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final SpanWriter writer;
    private final Delivery delivery;
    private final StatusCodes codes = new StatusCodes();
    private final AtomicLong noted = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final Thread thread;
    private volatile boolean ended;

    RequestSpans(SpanWriter writer, Delivery delivery) {
        this.writer = writer;
        this.delivery = delivery;
        thread = Thread.ofPlatform().daemon().name("katydid-otel-spans").start(this::run);
    }

    @Override public void on(RequestEvent request) {
        delivery.offered();
        if (queue.offer(EndedRequest.of(request, codes))) noted.incrementAndGet();
    }

    /** Looks for requests now and then instead of waiting for one: to wake a thread costs a user more than all the rest. */
    private void run() {
        while (!ended) {
            drain();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
        drain();
    }

    private void drain() {
        for (var next = queue.poll(); next != null; next = queue.poll()) write(next);
    }

    private void write(EndedRequest request) {
        if (!writer.write(request)) delivery.leftOut();
        written.incrementAndGet();
    }

    /** Waits until all requests that have ended by now are spans. */
    void settle(long end) {
        long until = noted.get();
        LockSupport.unpark(thread);
        while (written.get() < until && System.nanoTime() < end) LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }

    @Override public void close() throws InterruptedException {
        ended = true;
        LockSupport.unpark(thread);
        thread.join(TimeUnit.SECONDS.toMillis(Telemetry.PATIENCE_SECONDS));
    }
}
