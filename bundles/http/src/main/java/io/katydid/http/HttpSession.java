package io.katydid.http;

/**
 * Makes requests for one user and keeps what belongs to it: headers, cookies, authentication, connections.
 *
 * <pre>{@code
 * var login = client.post("/login", json(Map.of("user", "foo")));
 * client.headers().set("Authorization", "Bearer " + login.json().at("token").asString());
 * client.get("/orders", response -> { if (response.json().size() == 0) response.failure("no orders"); });
 * }</pre>
 *
 * <p>A call sends at once and returns when the answer is complete. A request that fails in the transport is a failure with status 0, never an exception. A URL
 * may be a path below the base URL or absolute; one that is none throws {@link InvalidURL}. Any thread of the user, its own first.
 */
public interface HttpSession {

    /** Sends a request of any method. */
    Response request(String method, String url, RequestOption... options);

    /** Sends a request of any method and lets a check judge it. */
    Response request(String method, String url, ResponseCheck check, RequestOption... options);

    /** Sends a GET. */
    default Response get(String url, RequestOption... options) { return request("GET", url, options); }

    /** Sends a GET and lets a check judge it. */
    default Response get(String url, ResponseCheck check, RequestOption... options) {
        return request("GET", url, check, options);
    }

    /** Sends a POST. */
    default Response post(String url, RequestOption... options) { return request("POST", url, options); }

    /** Sends a POST and lets a check judge it. */
    default Response post(String url, ResponseCheck check, RequestOption... options) {
        return request("POST", url, check, options);
    }

    /** Sends a PUT. */
    default Response put(String url, RequestOption... options) { return request("PUT", url, options); }

    /** Sends a PUT and lets a check judge it. */
    default Response put(String url, ResponseCheck check, RequestOption... options) {
        return request("PUT", url, check, options);
    }

    /** Sends a PATCH. */
    default Response patch(String url, RequestOption... options) { return request("PATCH", url, options); }

    /** Sends a PATCH and lets a check judge it. */
    default Response patch(String url, ResponseCheck check, RequestOption... options) {
        return request("PATCH", url, check, options);
    }

    /** Sends a DELETE. */
    default Response delete(String url, RequestOption... options) { return request("DELETE", url, options); }

    /** Sends a DELETE and lets a check judge it. */
    default Response delete(String url, ResponseCheck check, RequestOption... options) {
        return request("DELETE", url, check, options);
    }

    /** Sends a HEAD; an HttpUser does not follow its redirects. */
    default Response head(String url, RequestOption... options) {
        return request("HEAD", url, options);
    }

    /** Sends a HEAD and lets a check judge it. */
    default Response head(String url, ResponseCheck check, RequestOption... options) {
        return request("HEAD", url, check, options);
    }

    /** Sends an OPTIONS. */
    default Response options(String url, RequestOption... options) { return request("OPTIONS", url, options); }

    /** Sends an OPTIONS and lets a check judge it. */
    default Response options(String url, ResponseCheck check, RequestOption... options) {
        return request("OPTIONS", url, check, options);
    }

    /** Gives the headers sent with each request; change them. */
    HttpHeaders headers();

    /** Gives the cookie jar; change it. */
    Cookies cookies();

    /** Sends this user and password with each request, as Basic authentication. */
    void auth(String user, String password);

    /** Gives the base URL; "" when there is none. */
    String baseUrl();

    /** Checks certificates, or accepts any. */
    void verify(boolean verify);

    /** Judges responses in a block: {@code try (var response = client.catchResponse().get("/")) { … }}. */
    CatchingSession catchResponse();

    /** Gives all requests in a block one name: {@code try (var _ = client.renameRequest("/blog/[slug]")) { … }}. */
    RenamedRequests renameRequest(String name);

    /** Makes a second session of the same user for another base URL. */
    HttpSession to(String baseUrl);

    /** Sends a request with JSON headers and lets a check judge the parsed body; a body that is no JSON fails it. */
    Response rest(String method, String url, ResponseCheck check, RequestOption... options);
}
