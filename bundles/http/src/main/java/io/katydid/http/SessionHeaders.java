package io.katydid.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Puts the headers of a session and of one request together. What most requests send is encoded once and kept until it changes. */
final class SessionHeaders {
    private static final String[] SPECIAL = {"Host", "Cookie", "Authorization", "Content-Type", "Content-Length", "Transfer-Encoding"};
    /** Is what sessions send whose headers nobody changed: all of them together keep it once. */
    private static final Map<Flavour, Kept> USUAL = new ConcurrentHashMap<>();
    private final HttpHeaders headers = new HttpHeaders();
    private final boolean jsonIsAccepted;
    private volatile Kept kept;

    /**
     * Is what a request says in its head, but for what its body and its connection add.
     *
     * @param lines complete header lines
     * @param values the same as values
     * @param host the Host header in place of the address's own, or null
     * @param cookie the Cookie header in place of the jar's, or null
     * @param contentType the body's type in place of its own, or null
     */
    record Composed(byte[] lines, HttpHeaders values, @Nullable String host, @Nullable String cookie, @Nullable String contentType) {

        Composed(HttpHeaders values) {
            this(values.lines(), values, null, null, null);
        }
    }

    /**
     * Says where in a chain of redirects a request is.
     *
     * @param first whether it is the request itself
     * @param trusted whether its server may see what was meant for the first one
     * @param hasCredentials whether user and password are sent, which replace an Authorization header
     */
    record Hop(boolean first, boolean trusted, boolean hasCredentials) {}

    private record Kept(int version, boolean special, Composed plain, Composed acceptingJson) {}

    SessionHeaders(Flavour flavour) {
        jsonIsAccepted = flavour.isFast();
        headers.set("User-Agent", "katydid").set("Accept-Encoding", flavour.acceptEncoding()).set("Accept", "*/*").set("Connection",
            "keep-alive");
        kept = USUAL.computeIfAbsent(flavour, _ -> encode());
    }

    HttpHeaders headers() { return headers; }

    /** Composes the head of one request; the body is the one that is sent, which a redirect may have dropped. */
    Composed compose(RequestSpec spec, @Nullable RequestBody body, Hop hop) {
        var own = spec.headers();
        boolean json = jsonIsAccepted && body != null && spec.isJson() && (own == null || !own.contains("Accept"));
        var common = kept();
        if (own == null && !common.special()) return json ? common.acceptingJson() : common.plain();
        var all = headers.with(own == null ? new HttpHeaders() : own);
        if (json) all.set("Accept", "application/json");
        var host = hop.trusted() ? all.first("Host") : null;
        var cookie = hop.first() ? all.first("Cookie") : null;
        all.remove("Host").remove("Cookie");
        if (hop.hasCredentials() || !hop.trusted()) all.remove("Authorization");
        var type = body == null ? null : contentType(spec, own);
        if (spec.body() != null) all.remove("Content-Type");
        all.remove("Content-Length").remove("Transfer-Encoding");
        return new Composed(all.lines(), all, host, cookie, type);
    }

    /** Gives the type that stands over the body's own: the request's header, or the session's where the body's word says none. */
    private @Nullable String contentType(RequestSpec spec, @Nullable HttpHeaders own) {
        if (spec.isMultipart()) return null;
        var said = own == null ? null : own.first("Content-Type");
        if (said != null) return said;
        return spec.saysType() ? null : headers.first("Content-Type");
    }

    private Kept kept() {
        var known = kept;
        if (known.version() != headers.version()) {
            known = encode();
            kept = known;
        }
        return known;
    }

    private Kept encode() {
        boolean special = false;
        for (var name : SPECIAL) special |= headers.contains(name);
        var plain = new Composed(headers.with(new HttpHeaders()));
        return new Kept(headers.version(), special, plain,
            jsonIsAccepted ? new Composed(headers.with(new HttpHeaders()).set("Accept", "application/json")) : plain);
    }
}
