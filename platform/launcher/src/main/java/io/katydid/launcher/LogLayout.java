package io.katydid.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes {@code [2026-01-31 12:00:00,123] host/INFO/katydid.main: message}, in local time. */
final class LogLayout extends LayoutBase<ILoggingEvent> {
    private final DateTimeFormatter time;
    private final String host;

    LogLayout(String host, ZoneId zone) {
        this.host = host;
        time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS", Locale.ROOT).withZone(zone);
    }

    @Override public String doLayout(ILoggingEvent event) {
        var line = "[" + time.format(Instant.ofEpochMilli(event.getTimeStamp())) + "] " + host + "/" + word(event.getLevel()) + "/"
            + event.getLoggerName() + ": "
            + event.getFormattedMessage() + "\n";
        var problem = event.getThrowableProxy();
        return problem == null ? line : line + ThrowableProxyUtil.asString(problem);
    }

    private static String word(Level level) { return level.equals(Level.WARN) ? "WARNING" : level.toString(); }
}
