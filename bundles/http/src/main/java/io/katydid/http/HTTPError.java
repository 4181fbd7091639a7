package io.katydid.http;

import io.katydid.api.KatydidException;
import io.katydid.api.stats.StatsError;

/**
 * Says that the status was 400 or above, or none that a {@link FastHttpUser} takes for a success:
 * {@code 404 Client Error: Not Found for url: /item}.
 */
public final class HTTPError extends KatydidException implements StatsError.TextIsMessage {
    private final int statusCode;

    HTTPError(int statusCode, String reason, String name) {
        super(statusCode + kind(statusCode) + reason + " for url: " + name, false);
        this.statusCode = statusCode;
    }

    private static String kind(int statusCode) {
        if (statusCode < 400) return " Unexpected Status: ";
        return statusCode < 500 ? " Client Error: " : " Server Error: ";
    }

    /** Returns the status. */
    public int statusCode() {
        return statusCode;
    }
}
