package io.katydid.carrier;

import java.time.Duration;

/** Is a loop without thread and poll: a test does its turns. */
final class StillLoop extends Loop {
    int wakeUps;
    boolean ended;

    StillLoop() {
        super(0, LoopKind.USUAL);
    }

    /** Makes the calling thread the loop's. */
    StillLoop here() {
        startedOn(Thread.currentThread());
        return this;
    }

    void poll(Runnable handlers) {
        pollBegins();
        queue().mayNotSleep();
        handlers.run();
        queue().awake();
        pollEnds(0, true);
    }

    void restOfTurn() {
        turn();
    }

    void end() {
        ends();
        ended = true;
    }

    @Override protected void wakeUp() {
        wakeUps++;
    }

    @Override protected void shutDown() {}

    @Override protected boolean awaitEnd(Duration limit) { return ended; }
}
