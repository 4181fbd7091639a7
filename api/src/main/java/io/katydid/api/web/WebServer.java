package io.katydid.api.web;

import java.util.Optional;

/**
 * Serves the console; implemented by the bundle {@code console}, found among
 * the host's services or by {@code ServiceLoader}.
 */
public interface WebServer {

    /** Starts listening and gives the handle that stops it. */
    Served start(WebModel model, WebUIOptions options);

    /** Is a server that listens. */
    interface Served extends AutoCloseable {

        /** Gives the server's own object of a type. */
        <T> Optional<T> unwrap(Class<T> type);

        /** Stops listening. */
        @Override void close();
    }
}
