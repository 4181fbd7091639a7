package io.katydid.otel;

import org.slf4j.LoggerFactory;

/** Says that the log stays where it is, in a class that needs nothing of Logback. */
final class UnknownLog {
    private UnknownLog() {}

    static Runnable say() {
        LoggerFactory.getLogger("katydid.otel").warn(
            "--otel exports no log: this program does not log with Logback but with {}. Use Logback, or set OTEL_LOGS_EXPORTER=none.",
            LoggerFactory.getILoggerFactory().getClass().getName());
        return () -> {};
    }
}
