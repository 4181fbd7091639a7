package io.katydid.http;

import io.katydid.api.spi.UserRuntime;
import java.io.IOException;
import java.util.List;

/** Is a connection to one origin. Used by one thread at a time unless it multiplexes, except that its loop feeds it. */
interface HttpConnection {

    /** Sends a request and waits for the answer. */
    ServerResponse exchange(HttpRequest request, String name, List<Response> history, UserRuntime runtime) throws IOException;

    /** Tells whether it may carry another request. */
    boolean reusable();

    /** Tells whether a byte of the answer to the last request has come. */
    boolean answered();

    /** Tells whether several requests may be on it at a time. */
    default boolean multiplexes() { return false; }

    /** Hears that a request on it has failed, after which it is of no use to others. */
    default void failed() {
        close();
    }

    /** Closes it. Any thread. */
    void close();
}
