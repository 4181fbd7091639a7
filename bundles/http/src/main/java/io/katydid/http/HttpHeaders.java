package io.katydid.http;

import io.katydid.api.KatydidException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds headers in their order; names ignore case and may repeat:
 * {@code client.headers().set("Authorization", "Bearer " + token)}. Not for use
 * by several threads.
 */
public final class HttpHeaders {
    /** Stands for the lines of a head that nobody has asked for yet; never filled. */
    private static final ArrayList<String> NOT_PARSED = new ArrayList<>(0);
    /** Names at even places, values behind them. */
    private ArrayList<String> pairs;
    private byte @Nullable [] unparsed;
    private final boolean readOnly;
    private int version;

    /** Makes an empty set. */
    public HttpHeaders() {
        this(null, false, new ArrayList<>(0));
    }

    private HttpHeaders(byte @Nullable [] head, boolean readOnly, ArrayList<String> pairs) {
        this.unparsed = head;
        this.readOnly = readOnly;
        this.pairs = pairs;
    }

    /** Keeps the lines of a response head (status line included) and parses them when somebody asks. */
    static HttpHeaders ofHead(byte[] head) {
        return new HttpHeaders(head, true, NOT_PARSED);
    }

    /** Makes headers that cannot be changed, from names and values in turn. */
    static HttpHeaders ofPairs(List<String> pairs) {
        return new HttpHeaders(null, true, new ArrayList<>(pairs));
    }

    /** Returns the value; of several, all of them joined by {@code ", "}. */
    public Optional<String> get(String name) {
        var all = getAll(name);
        return switch (all.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(all.getFirst());
            default -> Optional.of(String.join(", ", all));
        };
    }

    /** Returns all values of this name in their order. */
    public List<String> getAll(String name) {
        var list = parsed();
        List<String> found = List.of();
        for (int i = 0; i < list.size(); i += 2) {
            if (!list.get(i).equalsIgnoreCase(name))
                continue;
            if (found.isEmpty())
                found = new ArrayList<>(1);
            found.add(list.get(i + 1));
        }
        return found;
    }

    /** Returns the first value, or null. */
    @Nullable String first(String name) {
        var list = parsed();
        for (int i = 0; i < list.size(); i += 2) {
            if (list.get(i).equalsIgnoreCase(name))
                return list.get(i + 1);
        }
        return null;
    }

    /** Tells whether there is such a header. */
    public boolean contains(String name) {
        return first(name) != null;
    }

    /**
     * Puts this value in place of all values of the name. Throws
     * {@link KatydidException} for a line break in either, or for null.
     */
    public HttpHeaders set(String name, String value) {
        check(name, value);
        change();
        boolean placed = false;
        for (int i = 0; i < pairs.size();) {
            if (!pairs.get(i).equalsIgnoreCase(name)) {
                i += 2;
            } else if (placed) {
                pairs.remove(i + 1);
                pairs.remove(i);
            } else {
                pairs.set(i, name);
                pairs.set(i + 1, value);
                placed = true;
                i += 2;
            }
        }
        if (!placed) {
            pairs.add(name);
            pairs.add(value);
        }
        return this;
    }

    /** Sets each of these. */
    public HttpHeaders set(Map<String, String> headers) {
        headers.forEach(this::set);
        return this;
    }

    /** Adds one more value of this name. */
    public HttpHeaders add(String name, String value) {
        check(name, value);
        change();
        pairs.add(name);
        pairs.add(value);
        return this;
    }

    /** Takes all values of this name away. */
    public HttpHeaders remove(String name) {
        change();
        for (int i = pairs.size() - 2; i >= 0; i -= 2) {
            if (pairs.get(i).equalsIgnoreCase(name)) {
                pairs.remove(i + 1);
                pairs.remove(i);
            }
        }
        return this;
    }

    /** Takes all away. */
    public void clear() {
        change();
        pairs.clear();
    }

    /** Returns how many lines there are. */
    public int size() {
        return parsed().size() / 2;
    }

    /** Tells whether there are none. */
    public boolean isEmpty() {
        return parsed().isEmpty();
    }

    /** Returns the names as written, each once. */
    public Set<String> names() {
        return asMap().keySet();
    }

    /** Calls for each line in its order. */
    public void forEach(BiConsumer<String, String> action) {
        var list = parsed();
        for (int i = 0; i < list.size(); i += 2)
            action.accept(list.get(i), list.get(i + 1));
    }

    /** Returns a copy with the values of equal names joined by {@code ", "}. */
    public Map<String, String> asMap() {
        var map = new LinkedHashMap<String, String>();
        var seen = new LinkedHashSet<String>();
        forEach((name, _) -> {
            if (seen.add(name.toLowerCase(java.util.Locale.ROOT)))
                map.put(name, get(name).orElse(""));
        });
        return map;
    }

    /** Counts the changes, so that encoded lines can be kept until the next one. */
    int version() {
        return version;
    }

    /** Returns these headers with those of one request in place of equal names. */
    HttpHeaders with(HttpHeaders request) {
        var merged = new HttpHeaders();
        merged.pairs.addAll(parsed());
        for (var name : request.names()) {
            merged.remove(name);
            request.getAll(name).forEach(value -> merged.add(name, value));
        }
        return merged;
    }

    private ArrayList<String> parsed() {
        var head = unparsed;
        if (head != null) {
            pairs = new ArrayList<>(16);
            HeadLines.parse(head, pairs);
            unparsed = null;
        }
        return pairs;
    }

    private void change() {
        if (readOnly)
            throw new KatydidException(
                "The headers of a response cannot be changed. Change client.headers(), or use header(…) on a request.");
        version++;
    }

    private static void check(String name, @Nullable String value) {
        if (!Ascii.token(name))
            throw new KatydidException("\"" + printable(name) + "\" cannot be the name of a header. Use letters, digits and hyphens.");
        if (value == null) throw new KatydidException("The value of header " + name + " is null. Give it a text, or leave the header out.");
        if (hasBreak(value))
            throw new KatydidException("The value of header " + name + " has a line break: \"" + printable(value) + "\". Take it out.");
    }

    private static boolean hasBreak(String text) {
        return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0;
    }

    private static String printable(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
    }

    /** Returns the lines as they go over the wire. */
    byte[] lines() {
        var text = new StringBuilder();
        forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.toString().getBytes(latin(text) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static boolean latin(StringBuilder text) {
        return text.chars().allMatch(c -> c < 256);
    }

    @Override public String toString() {
        return asMap().toString();
    }
}
