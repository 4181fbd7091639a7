package io.katydid.cluster;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Keeps what Katydid logs while it is open, from any thread. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger log = (Logger) LoggerFactory.getLogger("katydid");
    private final @Nullable Level before = log.getLevel();
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    /** Listens from now on. */
    public LogLines() {
        start();
        log.addAppender(this);
        log.setLevel(Level.DEBUG);
        // A test reads them; the build's output does not need them.
        log.setAdditive(false);
    }

    @Override protected void append(ILoggingEvent event) {
        events.add(event);
    }

    /** Gives the lines of one level so far. */
    public List<String> at(Level level) {
        return events.stream().filter(line -> line.getLevel().equals(level)).map(ILoggingEvent::getFormattedMessage).toList();
    }

    void await(Level level, String line) {
        Cluster.await("the log says '" + line + "', but it says " + at(level), () -> at(level).contains(line));
    }

    @Override public void close() {
        log.setAdditive(true);
        log.setLevel(before);
        log.detachAppender(this);
    }
}
