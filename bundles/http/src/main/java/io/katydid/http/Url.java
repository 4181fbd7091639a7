package io.katydid.http;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Is an absolute http(s) address, taken apart once; what goes over the wire is
 * kept as bytes.
 */
final class Url {
    /** Looks no further: what is no address between the brackets is not found. */
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F.]*:[0-9a-fA-F:.]*(%[A-Za-z0-9._~%-]+)?]");
    private final boolean secure;
    private final String host;
    private final int port;
    private final String target;
    private final String fragment;
    private final Optional<Credentials> credentials;
    private final String origin;
    private final byte[] targetBytes;
    private final byte[] hostLine;
    private final String text;

    private Url(boolean secure, String host, int port, String target, String fragment, Optional<Credentials> credentials) {
        this.secure = secure;
        this.host = host;
        this.port = port;
        this.target = target;
        this.fragment = fragment;
        this.credentials = credentials;
        this.origin = (secure ? "https://" : "http://") + authority();
        this.targetBytes = target.getBytes(StandardCharsets.ISO_8859_1);
        this.hostLine = ("Host: " + authority() + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        this.text = origin + target + fragment;
    }

    /** Reads an absolute address. Throws {@link InvalidURL} for anything else. */
    static Url parse(String address) {
        var text = address.strip();
        boolean secure = startsWith(text, "https://");
        if (!secure && !startsWith(text, "http://"))
            throw new InvalidURL(
                "Invalid URL \"" + address + "\": it does not begin with http:// or https://. Perhaps you meant http://" + address + "?");
        int start = secure ? 8 : 7;
        int end = endOfAuthority(text, start);
        int fragmentAt = text.indexOf('#', end);
        var path = text.substring(end, fragmentAt < 0 ? text.length() : fragmentAt);
        var fragment = fragmentAt < 0 ? "" : PercentEncoding.repair(text.substring(fragmentAt));
        var authority = text.substring(start, end);
        int at = authority.lastIndexOf('@');
        return ofAuthority(address, secure, authority.substring(at + 1), target(path), fragment,
            at < 0 ? Optional.empty() : Optional.of(credentials(authority.substring(0, at))));
    }

    /** Takes user and password out of an absolute address. */
    static String withoutCredentials(String address) {
        int start = address.indexOf("://") + 3;
        int at = address.lastIndexOf('@', endOfAuthority(address, start));
        return at < start ? address : address.substring(0, start) + address.substring(at + 1);
    }

    /** Tells whether an address names its scheme and host itself. */
    static boolean absolute(String address) {
        return startsWith(address, "http://") || startsWith(address, "https://");
    }

    /** Builds the address of a request: absolute as it is, else behind the base with exactly one slash between. */
    static Url of(String base, String address) {
        if (absolute(address))
            return parse(address);
        if (base.isEmpty())
            throw new InvalidURL("Invalid URL \"" + address
                + "\": it has no host, and there is no base host to put before it. Use @Host, host() or --host.");
        boolean slash = base.endsWith("/");
        if (slash && address.startsWith("/"))
            return parse(base.substring(0, base.length() - 1) + address);
        boolean joined = slash || address.isEmpty() || address.startsWith("/") || address.startsWith("?");
        return parse(joined ? base + address : base + "/" + address);
    }

    private static Url ofAuthority(String address, boolean secure, String hostAndPort, String target, String fragment,
        Optional<Credentials> credentials) {
        int bracket = hostAndPort.lastIndexOf(']');
        boolean unclosed = bracket < 0 && hostAndPort.startsWith("[");
        int colon = unclosed ? -1 : hostAndPort.indexOf(':', Math.max(bracket, 0));
        var host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
        int port = colon < 0 || colon == hostAndPort.length() - 1 ? secure ? 443 : 80 : port(address, hostAndPort.substring(colon + 1));
        return new Url(secure, host(address, host), port, target, fragment, credentials);
    }

    private static String host(String address, String host) {
        if (host.isEmpty())
            throw new InvalidURL("Invalid URL \"" + address + "\": no host supplied. Write http://host/path.");
        if (host.startsWith("[")) {
            if (!IPV6.matcher(host).matches())
                throw new InvalidURL("Invalid URL \"" + address + "\": \"" + host + "\" is not an IPv6 address.");
            return host.toLowerCase(Locale.ROOT);
        }
        return name(address, host);
    }

    private static String name(String address, String host) {
        String ascii;
        try {
            ascii = isAscii(host) ? host.toLowerCase(Locale.ROOT) : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException problem) {
            throw new InvalidURL("Invalid URL \"" + address + "\": \"" + host + "\" has an invalid label.");
        }
        boolean fine = ascii.chars().allMatch(c -> c > ' ' && c < 127 && "<>\"\\^`{|}[]%".indexOf(c) < 0);
        if (!fine || ascii.startsWith(".") || ascii.startsWith("*"))
            throw new InvalidURL("Invalid URL \"" + address + "\": \"" + host + "\" is not a host name.");
        return ascii;
    }

    private static int port(String address, String digits) {
        int port = digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(digits) : -1;
        if (port < 1 || port > 65535)
            throw new InvalidURL("Invalid URL \"" + address + "\": \"" + digits + "\" is not a port. Use 1 to 65535.");
        return port;
    }

    private static Credentials credentials(String userInfo) {
        int colon = userInfo.indexOf(':');
        var user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        return new Credentials(PercentEncoding.decode(user), colon < 0 ? "" : PercentEncoding.decode(userInfo.substring(colon + 1)));
    }

    private static String target(String path) {
        if (path.isEmpty())
            return "/";
        var whole = PercentEncoding.repair(path.startsWith("/") ? path : "/" + path);
        return whole.contains("/.") ? withoutDots(whole) : whole;
    }

    private static String withoutDots(String target) {
        int query = target.indexOf('?');
        var path = query < 0 ? target : target.substring(0, query);
        var kept = new java.util.ArrayDeque<String>();
        var segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            switch (segments[i]) {
                case "." -> {
                    if (last)
                        kept.add("");
                }
                case ".." -> {
                    kept.pollLast();
                    if (last)
                        kept.add("");
                }
                default -> kept.add(segments[i]);
            }
        }
        return "/" + String.join("/", kept) + (query < 0 ? "" : target.substring(query));
    }

    /** Resolves the Location of a redirect; a fragment goes on when the new address has none. */
    Url resolve(String location) {
        var text = asUtf8(location.strip());
        if (text.startsWith("//"))
            text = (secure ? "https:" : "http:") + text;
        Url next = absolute(text) ? parse(text) : parse(relative(text));
        if (!next.fragment.isEmpty() || fragment.isEmpty())
            return next;
        return new Url(next.secure, next.host, next.port, next.target, fragment, next.credentials);
    }

    /** Reads what arrived as Latin-1 as the UTF-8 that servers mean, if it is that. */
    private static String asUtf8(String latin) {
        if (isAscii(latin) || latin.chars().anyMatch(c -> c > 255))
            return latin;
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(latin.getBytes(StandardCharsets.ISO_8859_1))).toString();
        } catch (CharacterCodingException problem) {
            return latin;
        }
    }

    private String relative(String location) {
        try {
            var scheme = new URI(PercentEncoding.repair(location)).getScheme();
            if (scheme != null)
                throw new InvalidURL(
                    "Invalid URL \"" + location + "\" in a redirect from " + text + ": only http and https can be followed.");
        } catch (URISyntaxException problem) {
            // Not every path a server sends is a URI; it is repaired below like any other.
        }
        if (location.startsWith("/"))
            return origin() + location;
        if (location.isEmpty() || location.startsWith("#"))
            return origin() + target + location;
        var path = path();
        if (location.startsWith("?"))
            return origin() + path + location;
        return origin() + path.substring(0, path.lastIndexOf('/') + 1) + location;
    }

    /** Returns this address with parameters behind its query, as requests appends them. */
    Url with(List<Map.Entry<String, String>> params) {
        if (params.isEmpty())
            return this;
        var encoded = FormEncoding.encode(params);
        int query = target.indexOf('?');
        var joint = query < 0 ? "?" : query == target.length() - 1 || target.endsWith("&") ? "" : "&";
        return new Url(secure, host, port, target + joint + encoded, fragment, credentials);
    }

    boolean secure() {
        return secure;
    }

    /** Returns the host in ASCII; an IPv6 address without its brackets. */
    String host() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        return port;
    }

    /** Returns host and port as the Host header has them: the usual port is left out. */
    String authority() {
        return port == (secure ? 443 : 80) ? host : host + ":" + port;
    }

    /** Returns scheme, host and port: what a connection belongs to. */
    String origin() {
        return origin;
    }

    /** Returns path and query: the default name in statistics. */
    String target() {
        return target;
    }

    /** Returns the path without its query. */
    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    byte[] targetBytes() {
        return targetBytes;
    }

    /** Returns the Host header with its line end. */
    byte[] hostLine() {
        return hostLine;
    }

    /** Returns user and password of the address, which are not part of {@link #text}. */
    Optional<Credentials> credentials() {
        return credentials;
    }

    /** Tells whether a redirect to there may take the Authorization header along, as requests decides it. */
    boolean mayShareCredentials(Url next) {
        if (!host.equals(next.host))
            return false;
        boolean upgraded = !secure && next.secure && port == 80 && next.port == 443;
        return upgraded || secure == next.secure && port == next.port;
    }

    /** Returns the whole address without user and password. */
    String text() {
        return text;
    }

    @Override public String toString() {
        return text;
    }

    private static boolean startsWith(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    private static int endOfAuthority(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            if ("/?#\\".indexOf(text.charAt(i)) >= 0)
                return i;
        }
        return text.length();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
