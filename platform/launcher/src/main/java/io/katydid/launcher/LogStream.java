package io.katydid.launcher;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.Layout;
import java.io.PrintStream;

/** Writes the log to a stream, a line at a time. */
final class LogStream extends AppenderBase<ILoggingEvent> {
    private final Layout<ILoggingEvent> layout;
    private final PrintStream out;

    LogStream(Layout<ILoggingEvent> layout, PrintStream out) {
        this.layout = layout;
        this.out = out;
    }

    @Override protected void append(ILoggingEvent event) {
        out.print(layout.doLayout(event));
        out.flush();
    }
}
