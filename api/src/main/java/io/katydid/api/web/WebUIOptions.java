package io.katydid.api.web;

/**
 * Says how the console is served.
 *
 * @param host
 *            the address; "" and {@code *} mean all
 * @param port
 *            the port; 0 for any free one
 * @param basePath
 *            the prefix of all paths; "" or begins with a slash
 * @param webLogin
 *            whether sign-in is on
 * @param tlsCert
 *            a certificate file; "" for none
 * @param tlsKey
 *            its key file; "" for none
 * @param delayedStart
 *            true to listen only after {@link WebUI#start}
 */
public record WebUIOptions(String host, int port, String basePath, boolean webLogin, String tlsCert, String tlsKey,
    boolean delayedStart) {

    /**
     * Gives the defaults: loopback, port 8089, no sign-in, no TLS, started at once.
     */
    public static WebUIOptions defaults() {
        return new WebUIOptions("127.0.0.1", 8089, "", false, "", "", false);
    }

    /** Gives the same with another address and port. */
    public WebUIOptions at(String host, int port) {
        return new WebUIOptions(host, port, basePath, webLogin, tlsCert, tlsKey, delayedStart);
    }
}
