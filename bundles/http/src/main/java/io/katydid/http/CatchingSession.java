package io.katydid.http;

/**
 * Sends requests whose verdict is the script's, given in a block:
 *
 * <pre>{@code
 * try (var response = client.catchResponse().get("/")) {
 *     if (!response.text().contains("Locust")) response.failure("important text was missing");
 * }
 * }</pre>
 *
 * <p>A block that ends without a verdict is judged at the user's next call into the platform or at the end of its task: by the status, or as a failure when
 * an exception ended the task. The lambda form is shorter.
 */
public final class CatchingSession {
    private final DefaultSession session;

    CatchingSession(DefaultSession session) {
        this.session = session;
    }

    /** Sends a request of any method. Close the response. */
    public ResponseContextManager request(String method, String url, RequestOption... options) {
        return session.block(method, url, options);
    }

    /** Sends a GET. Close the response. */
    public ResponseContextManager get(String url, RequestOption... options) {
        return request("GET", url, options);
    }

    /** Sends a POST. Close the response. */
    public ResponseContextManager post(String url, RequestOption... options) {
        return request("POST", url, options);
    }

    /** Sends a PUT. Close the response. */
    public ResponseContextManager put(String url, RequestOption... options) {
        return request("PUT", url, options);
    }

    /** Sends a PATCH. Close the response. */
    public ResponseContextManager patch(String url, RequestOption... options) {
        return request("PATCH", url, options);
    }

    /** Sends a DELETE. Close the response. */
    public ResponseContextManager delete(String url, RequestOption... options) {
        return request("DELETE", url, options);
    }

    /** Sends a HEAD. Close the response. */
    public ResponseContextManager head(String url, RequestOption... options) {
        return request("HEAD", url, options);
    }

    /** Sends an OPTIONS. Close the response. */
    public ResponseContextManager options(String url, RequestOption... options) {
        return request("OPTIONS", url, options);
    }
}
