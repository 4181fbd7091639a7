package io.katydid.http;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells connections apart: two requests with equal routes may share one.
 *
 * @param origin scheme, host and port
 * @param secure whether TLS is spoken
 * @param host the server's host
 * @param port the server's port
 * @param insecure whether any certificate is accepted
 * @param certificate the client certificate, or null
 * @param proxy the proxy's address, or null
 * @param http2 whether HTTP/2 is offered
 * @param tls what makes the TLS set-up, when it is the script's own
 */
record Route(String origin, boolean secure, String host, int port, boolean insecure, @Nullable ClientCertificate certificate,
    @Nullable ProxyAddress proxy, boolean http2, @Nullable Supplier<SSLContext> tls) {

    /** Tells whether requests are written for a proxy to forward; through TLS it only tunnels. */
    boolean forwarded() {
        return proxy != null && !secure;
    }
}
