package io.katydid.otel;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes the address of a request apart, without a parser's opinion on it: what was sent is shown even when it is no proper URI.
 *
 * @param full the address without user and password
 * @param host without the brackets of IPv6
 * @param port 80 or 443 when the address has none
 * @param path without query and fragment, {@code /} when empty
 * @param target the path with its query
 */
record RequestUrl(String full, String host, int port, String path, String target) {

    /** Takes one apart; null for what is no HTTP address. */
    static @Nullable RequestUrl of(String url) {
        int scheme = url.indexOf("://");
        if (scheme < 0) return null;
        var protocol = url.substring(0, scheme).toLowerCase(Locale.ROOT);
        if (!protocol.equals("http") && !protocol.equals("https")) return null;
        int from = scheme + 3;
        int end = first(url, from, "/?#");
        int user = url.lastIndexOf('@', end - 1);
        int host = user < from ? from : user + 1;
        var authority = url.substring(host, end);
        int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        var name = colon < 0 ? authority : authority.substring(0, colon);
        var rest = url.substring(end, first(url, end, "#"));
        var target = rest.startsWith("/") ? rest : "/" + rest;
        return new RequestUrl(url.substring(0, from) + url.substring(host),
            name.startsWith("[") ? name.substring(1, name.length() - 1) : name,
            port(colon < 0 ? "" : authority.substring(colon + 1), protocol), target.substring(0, first(target, 0, "?")), target);
    }

    /** Tells whether a name is nothing but the address again: the request has no name of its own. */
    boolean isSaidBy(String name) {
        return name.equals(path) || name.equals(target) || name.equals(full) || name.isEmpty();
    }

    private static int port(String digits, String protocol) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException none) {
            return protocol.equals("https") ? 443 : 80;
        }
    }

    private static int first(String text, int from, String ends) {
        for (int i = from; i < text.length(); i++) if (ends.indexOf(text.charAt(i)) >= 0) return i;
        return text.length();
    }
}
