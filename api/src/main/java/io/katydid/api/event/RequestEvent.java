package io.katydid.api.event;

import io.katydid.api.User;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Is one finished request. Read-only and yours to keep for ever; made by the
 * kernel, and only when somebody listens.
 */
public interface RequestEvent {

    /** Gives the method or the protocol's word, such as {@code GET}. */
    String requestType();

    /** Gives the name it is grouped under. */
    String name();

    /** Gives the address it went to first; "" when the protocol has none. */
    String url();

    /**
     * Gives milliseconds from the intended start to the answer; NaN when it is
     * counted but not timed.
     */
    double responseTimeMs();

    /**
     * Gives milliseconds from sending to the answer; NaN when it is counted but not
     * timed.
     */
    double serviceTimeMs();

    /** Gives the bytes received. */
    long responseLength();

    /** Gives the user's context with that of the request over it; immutable. */
    Map<String, Object> context();

    /** Gives what was received. */
    Optional<Object> response();

    /** Gives why it failed; empty for a success. */
    Optional<Throwable> exception();

    /** Gives when it was sent. */
    Instant startTime();

    /** Gives the user that made it; empty for requests reported from elsewhere. */
    Optional<User> user();
}
