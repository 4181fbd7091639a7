package io.katydid.http;

import io.katydid.api.KatydidException;
import io.katydid.api.stats.StatsError;

/**
 * Says that the status was 400 or above:
 * {@code 404 Client Error: Not Found for url: /item}.
 */
public final class HTTPError extends KatydidException implements StatsError.TextIsMessage {
    private final int statusCode;

    HTTPError(int statusCode, String reason, String name) {
        super(statusCode + (statusCode < 500 ? " Client Error: " : " Server Error: ") + reason + " for url: " + name, false);
        this.statusCode = statusCode;
    }

    /** Returns the status. */
    public int statusCode() {
        return statusCode;
    }
}
