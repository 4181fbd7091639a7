package io.katydid.http;

/** Is a response as it came from a connection, before it is judged. */
sealed interface ServerResponse extends Response permits ReceivedResponse, StreamedResponse {

    /** Gives the moment it was complete, or its head when it is a stream. */
    long endNanos();

    /** Tells whether there is a Set-Cookie line at all. */
    boolean setsCookies();

    /** Takes what was recorded: the answer of {@link #ok} from now on. */
    void verdict(boolean success);
}
