package io.katydid.otel;

import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Keeps the exporters' own warnings out of the log while one of their users is there: each failed batch would be a stack trace, and {@link Deliveries} says it once. */
final class QuietExporters implements AutoCloseable {
    private static final List<Logger> LOGGERS = Stream.of("exporter", "sdk.autoconfigure", "sdk.trace.export", "sdk.metrics.export",
        "sdk.logs.export").map(name -> Logger.getLogger("io.opentelemetry." + name)).toList();
    private static int users;
    private static List<Optional<Level>> before = List.of();
    private boolean closed;

    QuietExporters() {
        enter();
    }

    private static synchronized void enter() {
        if (users++ > 0) return;
        before = LOGGERS.stream().map(logger -> Optional.ofNullable(logger.getLevel())).toList();
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    }

    private static synchronized void leave() {
        if (--users > 0) return;
        for (int i = 0; i < LOGGERS.size(); i++) LOGGERS.get(i).setLevel(before.get(i).orElse(null));
    }

    @Override public void close() {
        if (!closed) leave();
        closed = true;
    }
}
