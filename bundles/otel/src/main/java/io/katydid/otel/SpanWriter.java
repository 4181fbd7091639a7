package io.katydid.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes the span of a request, in the words of the stable conventions for HTTP where it is one. */
final class SpanWriter {
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
    private static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private final Tracer tracer;

    SpanWriter(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Writes one, and tells whether the sampler wanted it. */
    boolean write(EndedRequest request) {
        var url = RequestUrl.of(request.url());
        var span = tracer.spanBuilder(name(request, url)).setNoParent().setSpanKind(SpanKind.CLIENT).setStartTimestamp(request.start())
            .startSpan();
        if (!span.isRecording()) return false;
        if (url != null) {
            span.setAttribute(METHOD, request.type()).setAttribute(URL, url.full()).setAttribute(HOST, url.host())
                .setAttribute(PORT, (long) url.port());
            if (request.status() > 0) span.setAttribute(STATUS, (long) request.status());
        }
        if (request.errorType() != null) span.setAttribute(ERROR, request.errorType()).setStatus(StatusCode.ERROR, request.message());
        span.end(request.start().plusNanos(Double.isNaN(request.ms()) ? 0 : Math.round(request.ms() * TimeUnit.MILLISECONDS.toNanos(1))));
        return true;
    }

    /** Gives {@code METHOD name} when the script named the request, else {@code METHOD path}: a query would make each span another one. */
    private static String name(EndedRequest request, @Nullable RequestUrl url) {
        return request.type() + " " + (url == null || !url.isSaidBy(request.name()) ? request.name() : url.path());
    }
}
