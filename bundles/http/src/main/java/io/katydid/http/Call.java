package io.katydid.http;

import io.katydid.api.spi.RequestOutcome;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Is a request that was made and not yet recorded. */
final class Call {
    private final String method;
    private final String name;
    private final String url;
    private final RequestSpec spec;
    private final long startNanos;
    private final long durationNanos;
    private final ServerResponse response;
    private final @Nullable Throwable problem;
    private boolean closed;

    Call(String method, String name, String url, RequestSpec spec, long startNanos, long durationNanos, ServerResponse response,
        @Nullable Throwable problem) {
        this.method = method;
        this.name = name;
        this.url = url;
        this.spec = spec;
        this.startNanos = startNanos;
        this.durationNanos = durationNanos;
        this.response = response;
        this.problem = problem;
    }

    ServerResponse response() { return response; }

    /** Gives the same call with what went wrong after the answer had come. */
    Call with(@Nullable Throwable later) {
        return later == null ? this : new Call(method, name, url, spec, startNanos, durationNanos, response, later);
    }

    /** Ends the block around it; tells whether it had not ended before. */
    boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    /** Gives why it failed: by the verdict, else by what went wrong, else by the status; null when it did not. */
    @Nullable Throwable failure(@Nullable Verdict verdict, Flavour flavour) {
        if (verdict != null && verdict.isGiven()) return verdict.failureCause();
        if (problem != null) return problem;
        int status = response.statusCode();
        return flavour.good(status) ? null : new HTTPError(status, response.reason(), named(verdict));
    }

    /** Gives what is recorded. */
    RequestOutcome outcome(@Nullable Verdict verdict, @Nullable Throwable failure) {
        if (verdict == null)
            return new RequestOutcome(method, name, url, startNanos, durationNanos, length(), response, failure, spec.context());
        var type = verdict.otherType() == null ? method : verdict.otherType();
        long duration = Double.isNaN(verdict.otherMillis()) ? durationNanos : Math.round(verdict.otherMillis() * 1e6);
        return new RequestOutcome(type, named(verdict), url, startNanos, duration, length(), response, failure,
            merged(spec.context(), verdict.moreContext()));
    }

    private String named(@Nullable Verdict verdict) {
        var other = verdict == null ? null : verdict.otherName();
        return other == null ? name : other;
    }

    private long length() {
        return switch (response) {
            case ReceivedResponse received -> received.length();
            case StreamedResponse streamed -> streamed.announcedLength();
        };
    }

    private static Map<String, Object> merged(Map<String, Object> context, Map<String, Object> more) {
        if (more.isEmpty()) return context;
        var all = new HashMap<>(context);
        all.putAll(more);
        return Map.copyOf(all);
    }
}
