package io.katydid.http;

/** Finds what is really behind a transport error. */
final class Causes {
    private static final int DEEP = 20;

    private Causes() {}

    static Throwable innermost(Throwable problem) {
        var at = problem;
        for (int i = 0; i < DEEP && at.getCause() != null; i++) at = at.getCause();
        return at;
    }
}
