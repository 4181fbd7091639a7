package io.katydid.http;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a user's {@code configure} says about its HTTP client, before {@code onStart}.
 *
 * <pre>{@code
 * @Override protected void configure(HttpOptions http) { http.networkTimeout(5).header("X-Team", "checkout"); }
 * }</pre>
 */
public final class HttpOptions {
    private final HttpHeaders headers = new HttpHeaders();
    private final List<ResponseHook> hooks = new ArrayList<>();
    private double connectionTimeout;
    private double networkTimeout;
    private int poolSize = 10;
    private boolean sharedPool;
    private int maxRetries;
    private int maxRedirects = 30;
    private boolean insecure;
    private boolean http2;
    private @Nullable Supplier<SSLContext> sslContext;
    private @Nullable ClientCertificate certificate;
    private @Nullable Credentials credentials;
    private String proxy = "";

    HttpOptions() {}

    /** Sends this header with each request. */
    public HttpOptions header(String name, String value) {
        headers.set(name, value);
        return this;
    }

    /** Sends this user and password with each request, as Basic authentication. */
    public HttpOptions auth(String user, String password) {
        credentials = new Credentials(user, password);
        return this;
    }

    /** Gives up connecting after so many seconds; 0 for never. Default: never for HttpUser, 60 for FastHttpUser. */
    public HttpOptions connectionTimeout(double seconds) {
        check("connectionTimeout(" + seconds + ")", seconds);
        connectionTimeout = seconds;
        return this;
    }

    /** Gives up when nothing arrives for so many seconds; 0 for never. Default: never for HttpUser, 60 for FastHttpUser. */
    public HttpOptions networkTimeout(double seconds) {
        check("networkTimeout(" + seconds + ")", seconds);
        networkTimeout = seconds;
        return this;
    }

    private static void check(String said, double value) {
        if (!(value >= 0)) throw new IllegalArgumentException(said + " is below 0. Use 0 for none, or leave it out.");
    }

    /** Opens at most so many connections per user and origin, or per loop and origin when the pool is shared; a user needs one per thread. Default: 10. */
    public HttpOptions poolSize(int connections) {
        if (connections < 1) throw new IllegalArgumentException("poolSize(" + connections + "): a user needs at least one connection.");
        poolSize = connections;
        return this;
    }

    /** Shares connections among all users of a loop instead of giving each its own. Default: off. */
    public HttpOptions sharedPool(boolean on) {
        sharedPool = on;
        return this;
    }

    /** Tries a request that failed in the transport so many times again. Default: 0. */
    public HttpOptions maxRetries(int retries) {
        check("maxRetries(" + retries + ")", retries);
        maxRetries = retries;
        return this;
    }

    /** Follows at most so many redirects. Default: 30. */
    public HttpOptions maxRedirects(int redirects) {
        check("maxRedirects(" + redirects + ")", redirects);
        maxRedirects = redirects;
        return this;
    }

    /** Accepts any certificate. Default: off for HttpUser, on for FastHttpUser. */
    public HttpOptions insecure(boolean on) {
        insecure = on;
        return this;
    }

    /** Uses this TLS set-up, asked for once per user; the reference's {@code ssl_context_factory}. It decides on trust; the host's name is checked unless insecure. */
    public HttpOptions sslContext(Supplier<SSLContext> factory) {
        sslContext = factory;
        return this;
    }

    /** Presents a client certificate: PEM files of the chain and the unencrypted PKCS#8 key. */
    public HttpOptions cert(Path chain, Path key) {
        certificate = new ClientCertificate(chain, key);
        return this;
    }

    /**
     * Sends all requests through an HTTP proxy, such as {@code http://127.0.0.1:3128} or {@code http://user:password@proxy:3128}; "" for none, the default.
     * Throws {@link io.katydid.api.KatydidException} for a proxy of another kind.
     */
    public HttpOptions proxy(String url) {
        if (!url.isEmpty()) Tunnel.proxy(url);
        proxy = url;
        return this;
    }

    /** Offers HTTP/2 over TLS; servers that do not speak it get HTTP/1.1. Default: off. */
    public HttpOptions http2() {
        http2 = true;
        return this;
    }

    /** Shows each response to a hook before it is returned. */
    public HttpOptions hook(ResponseHook hook) {
        hooks.add(hook);
        return this;
    }

    HttpHeaders headers() { return headers; }

    List<ResponseHook> hooks() { return hooks; }

    double connectionTimeout() { return connectionTimeout; }

    double networkTimeout() { return networkTimeout; }

    int poolSize() { return poolSize; }

    boolean isPoolShared() { return sharedPool; }

    int maxRetries() { return maxRetries; }

    int maxRedirects() { return maxRedirects; }

    boolean isInsecure() { return insecure; }

    boolean offersHttp2() { return http2; }

    Optional<Supplier<SSLContext>> sslContext() { return Optional.ofNullable(sslContext); }

    @Nullable ClientCertificate certificate() { return certificate; }

    @Nullable Credentials credentials() { return credentials; }

    String proxy() { return proxy; }
}
