import io.katydid.api.*;

/** Users that do nothing but wait: what a user costs. */
class Sleepers extends User {
    @Override protected WaitTime waitTime() { return constant(10); }

    @Task void nothing() {}
}
