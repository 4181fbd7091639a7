package io.katydid.cluster.wire;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Keeps what the module logs while it is open, from any thread. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger log = (Logger) LoggerFactory.getLogger("katydid.cluster");
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    LogLines() {
        start();
        log.addAppender(this);
        log.setLevel(Level.DEBUG);
        // A test reads them; the build's output does not need them.
        log.setAdditive(false);
    }

    @Override protected void append(ILoggingEvent event) {
        events.add(event);
    }

    List<String> at(Level level) {
        return events.stream().filter(line -> line.getLevel().equals(level)).map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override public void close() {
        log.setAdditive(true);
        log.setLevel(null);
        log.detachAppender(this);
    }
}
