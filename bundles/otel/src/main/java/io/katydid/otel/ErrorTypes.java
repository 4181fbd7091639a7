package io.katydid.otel;

/** Names failures for {@code error.type}: by their class, without its package. */
final class ErrorTypes {
    private ErrorTypes() {}

    static String of(Throwable problem) {
        var simple = problem.getClass().getSimpleName();
        return simple.isEmpty() ? problem.getClass().getName() : simple;
    }
}
