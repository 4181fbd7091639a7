package io.katydid.launcher;

import java.text.MessageFormat;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/** Brings what is logged with {@code java.util.logging}, and so with {@link System.Logger}, to the one log. */
final class JulBridge extends Handler {

    /** Replaces the handlers of the JVM's root logger; records below a level are not made. */
    static void install(Level level) {
        var root = LogManager.getLogManager().getLogger("");
        for (var handler : root.getHandlers()) root.removeHandler(handler);
        root.addHandler(new JulBridge());
        root.setLevel(level);
    }

    @Override public void publish(LogRecord record) {
        var name = record.getLoggerName();
        var logger = LoggerFactory.getLogger(name == null ? "java.util.logging" : name);
        int level = record.getLevel().intValue();
        var event = logger.atLevel(level >= 1000 ? org.slf4j.event.Level.ERROR
            : level >= 900 ? org.slf4j.event.Level.WARN : level >= 800 ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.DEBUG);
        event.setCause(record.getThrown()).log(text(record));
    }

    private static String text(LogRecord record) {
        var message = record.getMessage();
        if (message == null) return "";
        var arguments = record.getParameters();
        return arguments == null || arguments.length == 0 ? message : MessageFormat.format(message, arguments);
    }

    @Override public void flush() {}

    @Override public void close() {}
}
