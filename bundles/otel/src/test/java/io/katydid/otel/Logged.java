package io.katydid.otel;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Keeps what the plugin says while it is open, and keeps it out of the build's output. */
final class Logged extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger log = (Logger) LoggerFactory.getLogger("katydid.otel");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Logged() {
        start();
        log.addAppender(this);
        log.setAdditive(false);
        log.setLevel(ch.qos.logback.classic.Level.INFO);
    }

    @Override protected void append(ILoggingEvent line) {
        lines.add(line.getLevel() + " " + line.getFormattedMessage());
    }

    List<String> lines() { return List.copyOf(lines); }

    @Override public void close() {
        log.setAdditive(true);
        log.setLevel(null);
        log.detachAppender(this);
        stop();
    }
}
