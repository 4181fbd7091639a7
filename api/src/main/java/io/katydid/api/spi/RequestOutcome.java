package io.katydid.api.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is a finished request as a client hands it over.
 *
 * @param requestType
 *            the method or protocol word, such as {@code GET}
 * @param name
 *            the name it is grouped under
 * @param url
 *            the address it went to first; "" when the protocol has none
 * @param startNanos
 *            {@link System#nanoTime} when it was sent
 * @param durationNanos
 *            how long it took; {@link #UNTIMED} for one that is counted but not
 *            timed
 * @param responseLength
 *            bytes received
 * @param response
 *            what was received, for listeners
 * @param exception
 *            why it failed; null for a success
 * @param context
 *            the context of this request alone; the user's is merged in when
 *            somebody asks
 */
public record RequestOutcome(String requestType, String name, String url, long startNanos, long durationNanos,
    long responseLength, @Nullable Object response, @Nullable Throwable exception, Map<String, Object> context) {

    /** Marks a request that is counted but not timed. */
    public static final long UNTIMED = -1;
}
