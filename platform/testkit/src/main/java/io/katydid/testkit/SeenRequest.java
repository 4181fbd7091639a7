package io.katydid.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Is one request as the {@link TargetServer} received it.
 *
 * @param connection the number of its connection, from 1
 * @param method such as {@code GET}
 * @param path without the query
 * @param query without the question mark; "" when there is none
 * @param headers by name in lower case; the values of a repeated one are joined by {@code ", "}
 * @param body empty when there is none
 */
public record SeenRequest(int connection, String method, String path, String query, Map<String, String> headers, byte[] body) {

    /** Gives the body as UTF-8. */
    public String text() { return new String(body, StandardCharsets.UTF_8); }

    /** Gives a header, whatever its case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query);
    }
}
