package io.katydid.http;

import io.katydid.api.KatydidException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps cookies as a browser does, by RFC 6265:
 * {@code client.cookies().set("consent", "yes")}. Any thread.
 */
public final class Cookies {
    private final ArrayList<Cookie> jar = new ArrayList<>(0);
    private @Nullable Made made;

    /** Is the header made for the last request; it holds until the jar changes. */
    private record Made(Url url, @Nullable String header) {}

    /** Makes an empty jar. */
    public Cookies() {
    }

    /** Returns the value of the first cookie of this name. */
    public synchronized Optional<String> get(String name) {
        return jar.stream().filter(cookie -> cookie.name().equals(name)).map(Cookie::value).findFirst();
    }

    /** Puts a cookie for every host and path. */
    public Cookies set(String name, String value) {
        return set(name, value, "", "/");
    }

    /**
     * Puts a cookie for a host, the hosts below it, and a path. Throws
     * {@link KatydidException} for a line break or a semicolon.
     */
    public synchronized Cookies set(String name, String value, String domain, String path) {
        check(name, name + value);
        put(new Cookie(name, value, domain, path, false, false, false, Optional.empty()));
        return this;
    }

    /** Sets each of these, for every host and path. */
    public Cookies set(Map<String, String> cookies) {
        cookies.forEach(this::set);
        return this;
    }

    /** Takes all cookies of this name away. */
    public synchronized Cookies remove(String name) {
        made = null;
        jar.removeIf(cookie -> cookie.name().equals(name));
        return this;
    }

    /** Takes all cookies away. */
    public synchronized void clear() {
        made = null;
        jar.clear();
    }

    /** Returns all cookies, also those that go to other hosts. */
    public synchronized List<Cookie> all() {
        return List.copyOf(jar);
    }

    /** Tells whether there are none. */
    public synchronized boolean isEmpty() {
        return jar.isEmpty();
    }

    /** Takes over what a response to this address sets. */
    synchronized void receive(HttpHeaders headers, Url url, Supplier<Instant> clock) {
        var lines = headers.getAll("Set-Cookie");
        if (lines.isEmpty())
            return;
        made = null;
        var now = clock.get();
        for (var line : lines) {
            var cookie = CookieRules.parse(line, url, now);
            if (cookie == null)
                continue;
            if (cookie.expired(now))
                jar.removeIf(cookie::sameAs);
            else
                put(cookie);
        }
    }

    /** Returns the Cookie header's value for this address, or null; asks for the time only when a cookie has an end. */
    synchronized @Nullable String header(Url url, Supplier<Instant> clock) {
        if (jar.isEmpty())
            return null;
        var known = made;
        if (known != null && known.url.equals(url))
            return known.header;
        var header = header(url, Map.of(), clock);
        // A cookie that ends takes its header along: such a jar is looked through each time.
        if (jar.stream().noneMatch(cookie -> cookie.expires().isPresent()))
            made = new Made(url, header);
        return header;
    }

    /** Returns the Cookie header's value with the cookies of one request in place of equal names, or null. */
    synchronized @Nullable String header(Url url, Map<String, String> request, Supplier<Instant> clock) {
        if (jar.isEmpty() && request.isEmpty())
            return null;
        Instant now = jar.stream().anyMatch(cookie -> cookie.expires().isPresent()) ? clock.get() : Instant.MIN;
        jar.removeIf(cookie -> cookie.expired(now));
        var text = new StringBuilder();
        if (jar.size() == 1)
            append(text, jar.getFirst(), url, request);
        else
            jar.stream().sorted(Comparator.comparingInt(cookie -> -cookie.path().length()))
                .forEach(cookie -> append(text, cookie, url, request));
        request.forEach((name, value) -> append(text, name, value));
        return text.isEmpty() ? null : text.toString();
    }

    private static void append(StringBuilder text, Cookie cookie, Url url, Map<String, String> request) {
        if (cookie.goesTo(url) && !request.containsKey(cookie.name()))
            append(text, cookie.name(), cookie.value());
    }

    private static void append(StringBuilder text, String name, String value) {
        if (!text.isEmpty())
            text.append("; ");
        text.append(name).append('=').append(value);
    }

    private void put(Cookie cookie) {
        made = null;
        for (int i = 0; i < jar.size(); i++) {
            if (jar.get(i).sameAs(cookie)) {
                jar.set(i, cookie);
                return;
            }
        }
        jar.add(cookie);
    }

    /** Refuses what would break the Cookie header apart. */
    static void check(String name, String text) {
        if (name.isEmpty() || text.chars().anyMatch(c -> c < ' ' || c == ';' || c == 127))
            throw new KatydidException("Cookie \"" + Excerpt.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, text.length())
                + "\" has no name, a semicolon or a control character. Encode such values first.");
    }

    @Override public synchronized String toString() {
        return jar.toString();
    }
}
