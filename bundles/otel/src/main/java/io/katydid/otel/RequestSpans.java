package io.katydid.otel;

import io.katydid.api.Listener;
import io.katydid.api.event.RequestEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes a span of each request, on the user's thread: a few objects and one try at a bounded queue. */
final class RequestSpans implements Listener<RequestEvent> {
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
    private static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private final Tracer tracer;
    private final Delivery delivery;
    private final StatusCodes codes = new StatusCodes();

    RequestSpans(Tracer tracer, Delivery delivery) {
        this.tracer = tracer;
        this.delivery = delivery;
    }

    @Override public void on(RequestEvent request) {
        var url = RequestUrl.of(request.url());
        var start = request.startTime();
        var span = tracer.spanBuilder(name(request, url)).setNoParent().setSpanKind(SpanKind.CLIENT).setStartTimestamp(start).startSpan();
        // One that the sampler leaves out costs no more than this.
        if (!span.isRecording()) return;
        if (url != null) describe(span, request, url);
        int status = url == null ? 0 : request.response().map(codes::of).orElse(0);
        if (status > 0) span.setAttribute(STATUS, (long) status);
        request.exception().ifPresent(problem -> {
            span.setAttribute(ERROR, status >= 400 ? Integer.toString(status) : ErrorTypes.of(problem));
            span.setStatus(StatusCode.ERROR, Objects.requireNonNullElse(problem.getMessage(), ""));
        });
        double ms = request.serviceTimeMs();
        delivery.offered();
        span.end(start.plusNanos(Double.isNaN(ms) ? 0 : Math.round(ms * TimeUnit.MILLISECONDS.toNanos(1))));
    }

    private static void describe(Span span, RequestEvent request, RequestUrl url) {
        span.setAttribute(METHOD, request.requestType()).setAttribute(URL, url.full()).setAttribute(HOST, url.host())
            .setAttribute(PORT, (long) url.port());
    }

    /** Gives {@code METHOD name} when the script named the request, else {@code METHOD path}: a query would make each span another one. */
    private static String name(RequestEvent request, @Nullable RequestUrl url) {
        return request.requestType() + " " + (url == null || !url.isSaidBy(request.name()) ? request.name() : url.path());
    }
}
