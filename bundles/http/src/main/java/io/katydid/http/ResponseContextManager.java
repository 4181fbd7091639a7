package io.katydid.http;

/**
 * Is a response whose verdict is the script's: without one it is judged by its
 * status, with several the last one counts, and one after the end of the check
 * or block is an error.
 */
public interface ResponseContextManager extends Response {

    /** Records a success, whatever the status or transport error. */
    void success();

    /** Records a failure; failures with equal texts are one row. */
    void failure(String why);

    /** Records a failure with this exception. */
    void failure(Throwable why);

    /** Records the request under another name. */
    void name(String name);

    /** Records another response time, in milliseconds. */
    void responseTime(double milliseconds);

    /** Records another type than the method, such as {@code LOGIN}. */
    void requestType(String requestType);

    /** Adds to the context of the request's event. */
    void context(String key, Object value);
}
