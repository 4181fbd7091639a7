package io.katydid.otel;

import io.katydid.api.event.RequestEvent;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Is what a span says of a request, without the response and its body: what waits in a queue must be small.
 *
 * @param status of the response; 0 when there is none
 * @param ms service time; NaN when it is counted but not timed
 * @param errorType null for a success
 */
record EndedRequest(String type, String name, String url, Instant start, double ms, int status, @Nullable String errorType,
    String message) {

    static EndedRequest of(RequestEvent event, StatusCodes codes) {
        var problem = event.exception().orElse(null);
        int status = event.url().isEmpty() ? 0 : event.response().map(codes::of).orElse(0);
        return new EndedRequest(event.requestType(), event.name(), event.url(), event.startTime(), event.serviceTimeMs(), status,
            problem == null ? null : status >= 400 ? Integer.toString(status) : ErrorTypes.of(problem),
            problem == null ? "" : Objects.requireNonNullElse(problem.getMessage(), ""));
    }
}
