package io.katydid.http;

import io.katydid.api.StopTest;
import io.katydid.api.User;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Is a user with an HTTP session, and holds the words its requests are written with.
 *
 * <pre>{@code
 * class BrowseUser extends HttpUser {
 *     @Task void search() { client.get("/search", param("q", "socks"), name("/search"), timeout(2)); }
 * }
 * }</pre>
 */
public abstract class HttpUser extends User {
    static {
        WarmUp.run();
    }

    /** Makes this user's requests. */
    public final HttpSession client;
    private final DefaultSession engine;

    /** Is called by the runner only. */
    protected HttpUser() {
        this(Flavour.HTTP);
    }

    HttpUser(Flavour flavour) {
        engine = new DefaultSession(runtimeForClient(), flavour);
        client = engine;
    }

    /** Sets the client up, before {@code onStart}: timeouts, TLS, proxies, connections. */
    protected void configure(HttpOptions http) throws Exception {}

    /** Gives {@link #client}; the seed's old name of it. */
    public final HttpSession session() { return client; }

    /** Sends a request with JSON headers and lets a check judge the parsed body. */
    public final Response rest(String method, String url, ResponseCheck check, RequestOption... options) {
        return engine.rest(method, url, check, options);
    }

    /** Sends as {@link #rest}, with a time stamp in the query that defeats caches; the reference's {@code rest_}. */
    public final Response restUncached(String method, String url, ResponseCheck check, RequestOption... options) {
        var fresh = new RequestOption[options.length + 2];
        System.arraycopy(options, 0, fresh, 2, options.length);
        fresh[0] = name(url + (url.contains("?") ? "&" : "?") + "_=...");
        fresh[1] = param("_", System.currentTimeMillis());
        return engine.rest(method, url, check, fresh);
    }

    @Override protected final void prepare() throws Exception {
        var host = runtimeForClient().host();
        if (host.isEmpty()) {
            throw new StopTest("You must specify the base host. Either in the host of the class " + getClass().getSimpleName()
                + " (@Host or host()), or on the command line using the --host option.");
        }
        var options = new HttpOptions();
        engine.flavour().apply(options);
        configure(options);
        engine.open(host, options);
    }

    @Override protected final void release() {
        engine.close();
    }

    DefaultSession engine() { return engine; }

    /** Groups the request under this name. */
    public static RequestOption name(String name) { return Words.name(name); }

    /** Adds a query parameter; a list repeats it. */
    public static RequestOption param(String name, Object value) {
        return Words.param(name, value);
    }

    /** Adds query parameters; a list repeats its name. */
    public static RequestOption params(Map<String, ?> params) {
        return Words.params(params);
    }

    /**
     * Sends a header with this request, over one of the session. With {@code header("Expect", "100-continue")} the head goes first over HTTP/1.1, and the body
     * when the server has said 100 (Continue) or nothing for a second; an answer that comes before means that no body is sent, and the connection is closed.
     */
    public static RequestOption header(String name, String value) {
        return Words.header(name, value);
    }

    /** Sends headers with this request, over those of the session. */
    public static RequestOption headers(Map<String, String> headers) {
        return Words.headers(headers);
    }

    /** Sends cookies with this request. */
    public static RequestOption cookies(Map<String, String> cookies) {
        return Words.cookies(cookies);
    }

    /** Sends a record, map, list, string or number as JSON; it is written at once. */
    public static RequestOption json(Object value) {
        return Words.json(value);
    }

    /** Sends fields as a form. */
    public static RequestOption form(Map<String, ?> fields) { return Words.form(fields); }

    /** Sends a field of a form. */
    public static RequestOption form(String name, Object value) { return Words.form(name, value); }

    /** Sends a text without saying its type. */
    public static RequestOption body(String text) { return Words.body(text); }

    /** Sends a text of a type. */
    public static RequestOption body(String contentType, String text) {
        return Words.body(contentType, text);
    }

    /** Sends bytes without saying their type. */
    public static RequestOption body(byte[] bytes) { return Words.body(bytes); }

    /** Sends bytes of a type. */
    public static RequestOption body(String contentType, byte[] bytes) {
        return Words.body(contentType, bytes);
    }

    /** Sends a stream in chunks, once. */
    public static RequestOption body(String contentType, InputStream stream) {
        return Words.body(contentType, stream);
    }

    /** Sends bytes as a file of a multipart form. */
    public static RequestOption files(String field, String fileName, byte[] content, String contentType) {
        return Words.files(field, fileName, content, contentType);
    }

    /** Sends a file in a multipart form. The file is read at once: read it in a field, not in a task. */
    public static RequestOption files(String field, Path file) {
        return Words.files(field, file);
    }

    /** Sends files in a multipart form, by field name. */
    public static RequestOption files(Map<String, Path> files) {
        return Words.files(files);
    }

    /** Adds to the context of the request's event. */
    public static RequestOption context(String key, Object value) {
        return Words.context(key, value);
    }

    /** Adds to the context of the request's event. */
    public static RequestOption context(Map<String, ?> context) {
        return Words.context(context);
    }

    /** Fails the request after so many seconds, for connecting and for each wait for bytes. */
    public static RequestOption timeout(double seconds) {
        return Words.timeout(seconds);
    }

    /** Fails the request after so many seconds for connecting, and so many for each wait for bytes. */
    public static RequestOption timeout(double connectSeconds, double readSeconds) {
        return Words.timeout(connectSeconds, readSeconds);
    }

    /** Sends this user and password, as Basic authentication. */
    public static RequestOption auth(String user, String password) {
        return Words.auth(user, password);
    }

    /** Returns when the head is there; read the body from the response, and close it. */
    public static RequestOption stream() {
        return Words.stream();
    }

    /** Checks certificates, or accepts any. */
    public static RequestOption verify(boolean verify) { return Words.verify(verify); }

    /** Presents a client certificate: one PEM file with chain and key. */
    public static RequestOption cert(Path certificateAndKey) {
        return Words.cert(certificateAndKey);
    }

    /** Presents a client certificate: PEM files of the chain and of the unencrypted PKCS#8 key. */
    public static RequestOption cert(Path certificate, Path key) {
        return Words.cert(certificate, key);
    }

    /** Follows redirects, or not. */
    public static RequestOption allowRedirects(boolean allow) { return Words.allowRedirects(allow); }

    /** Shows the response to a hook before it is returned. */
    public static RequestOption hook(ResponseHook hook) {
        return Words.hook(hook);
    }

    /**
     * Sends through a proxy, by scheme, host or both: {@code Map.of("http", "http://127.0.0.1:3128", "https://shop.example.com", "")}; {@code "all"} is any
     * scheme, "" no proxy. Throws {@link io.katydid.api.KatydidException} for what is no HTTP proxy.
     */
    public static RequestOption proxies(Map<String, String> proxies) {
        return Words.proxies(proxies);
    }
}
