package io.katydid.launcher;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.Layout;
import java.util.ArrayDeque;
import java.util.List;

/** Keeps the last lines of the log for the console. Any thread. */
final class LogLines extends AppenderBase<ILoggingEvent> {
    static final int CAPACITY = 500;
    private final Layout<ILoggingEvent> layout;
    private final ArrayDeque<String> lines = new ArrayDeque<>();

    LogLines(Layout<ILoggingEvent> layout) {
        this.layout = layout;
    }

    @Override protected void append(ILoggingEvent event) {
        var line = layout.doLayout(event).stripTrailing();
        synchronized (lines) {
            if (lines.size() == CAPACITY) lines.removeFirst();
            lines.addLast(line);
        }
    }

    /** Gives the lines, oldest first. */
    List<String> all() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }
}
