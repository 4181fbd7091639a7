package io.katydid.carrier;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;

/** Keeps what the module logs while it is open. */
final class LogLines implements AutoCloseable {
    private final Logger log = (Logger) Carriers.LOG;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    LogLines() {
        appender.start();
        log.addAppender(appender);
        // A test reads them; the build's output does not need them.
        log.setAdditive(false);
    }

    List<String> at(Level level) {
        return List.copyOf(appender.list).stream().filter(line -> line.getLevel().equals(level)).map(ILoggingEvent::getFormattedMessage)
            .toList();
    }

    @Override public void close() {
        log.setAdditive(true);
        log.detachAppender(appender);
    }
}
