package io.katydid.http;

/**
 * Judges a response: {@code client.get("/", r -> { if (r.text().isEmpty())
 * r.failure("no data"); })}. An exception fails the request.
 */
@FunctionalInterface
public interface ResponseCheck {

    /** Looks at the response, on the user's thread. */
    void check(ResponseContextManager response) throws Exception;
}
