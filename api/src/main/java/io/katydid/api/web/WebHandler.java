package io.katydid.api.web;

/** Answers requests of one route. */
@FunctionalInterface
public interface WebHandler {

    /**
     * Gives the answer: a {@code String} is sent as text, anything else as JSON
     * (NaN becomes null). An exception is a 500 with its message.
     */
    Object handle(WebRequest request) throws Exception;
}
