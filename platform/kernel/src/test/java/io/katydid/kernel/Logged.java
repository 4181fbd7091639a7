package io.katydid.kernel;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Keeps what one logger says while it is open, and keeps it out of the build's output. */
public final class Logged implements AutoCloseable {
    private final Logger log;
    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override protected void append(ILoggingEvent line) {
            lines.add(line);
        }
    };

    /** Listens to a logger. */
    public Logged(String name) {
        log = (Logger) LoggerFactory.getLogger(name);
        appender.start();
        log.addAppender(appender);
        log.setAdditive(false);
    }

    /** Gives the lines of one level so far. */
    public List<String> at(Level level) {
        return lines.stream().filter(line -> line.getLevel().equals(level)).map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override public void close() {
        log.setAdditive(true);
        log.detachAppender(appender);
    }
}
