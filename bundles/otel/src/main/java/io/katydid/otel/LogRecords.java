package io.katydid.otel;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.context.Context;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what is logged to OpenTelemetry's queue, but for what exporting itself says: that would go round in a circle. */
final class LogRecords extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final AttributeKey<String> THREAD = AttributeKey.stringKey("thread.name");
    private static final List<String> OWN = List.of("katydid.otel", "io.opentelemetry", "jdk.httpclient", "jdk.internal.httpclient");
    private final LoggerProvider provider;
    private final Delivery delivery;

    private LogRecords(LoggerProvider provider, Delivery delivery) {
        this.provider = provider;
        this.delivery = delivery;
    }

    /** Begins with it, and gives how it ends. Says so where the log is not Logback's. */
    static Runnable attach(LoggerProvider provider, Delivery delivery) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) return UnknownLog.say();
        var appender = new LogRecords(provider, delivery);
        appender.setContext(context);
        appender.setName("katydid-otel");
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        return () -> {
            root.detachAppender(appender);
            appender.stop();
        };
    }

    @Override protected void append(ILoggingEvent event) {
        var name = event.getLoggerName();
        if (OWN.stream().anyMatch(name::startsWith)) return;
        var at = event.getInstant();
        var record = provider.get(name).logRecordBuilder().setContext(Context.root()).setSeverity(severity(event.getLevel()))
            .setSeverityText(event.getLevel().toString()).setBody(event.getFormattedMessage()).setAttribute(THREAD, event.getThreadName());
        if (at != null) record.setTimestamp(at);
        if (event.getThrowableProxy() instanceof ThrowableProxy thrown) record.setException(thrown.getThrowable());
        delivery.offered();
        record.emit();
    }

    private static Severity severity(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> Severity.ERROR;
            case Level.WARN_INT -> Severity.WARN;
            case Level.INFO_INT -> Severity.INFO;
            case Level.DEBUG_INT -> Severity.DEBUG;
            default -> Severity.TRACE;
        };
    }
}
