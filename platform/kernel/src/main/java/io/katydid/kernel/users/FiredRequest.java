package io.katydid.kernel.users;

import io.katydid.api.User;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.spi.RequestOutcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Is a request event over the outcome a client handed in; what costs something is made when it is asked for. */
record FiredRequest(RequestOutcome outcome, long responseNanos, Map<String, Object> userContext,
    @Nullable User maker) implements RequestEvent {

    @Override public String requestType() { return outcome.requestType(); }

    @Override public String name() { return outcome.name(); }

    @Override public String url() { return outcome.url(); }

    @Override public double responseTimeMs() { return millis(responseNanos); }

    @Override public double serviceTimeMs() { return millis(outcome.durationNanos()); }

    private static double millis(long nanos) { return nanos < 0 ? Double.NaN : nanos / 1e6; }

    @Override public long responseLength() { return outcome.responseLength(); }

    @Override public Map<String, Object> context() {
        if (userContext.isEmpty()) return outcome.context();
        if (outcome.context().isEmpty()) return userContext;
        var merged = new HashMap<>(userContext);
        merged.putAll(outcome.context());
        return Map.copyOf(merged);
    }

    @Override public Optional<Object> response() { return Optional.ofNullable(outcome.response()); }

    @Override public Optional<Throwable> exception() { return Optional.ofNullable(outcome.exception()); }

    @Override public Instant startTime() { return Epoch.at(outcome.startNanos()); }

    @Override public Optional<User> user() { return Optional.ofNullable(maker); }
}
