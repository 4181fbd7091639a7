package io.katydid.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Is what the {@link TargetServer} answers. Each method gives another answer.
 *
 * <pre>{@code
 * server.answer("/slow", Answer.text("late").after(Duration.ofMillis(200)));
 * server.answer("/cut", Answer.text("a long text").cutAfter(3));
 * }</pre>
 */
public final class Answer {
    static final int WHOLE = -1;
    private final int status;
    private final byte[] body;
    private final Map<String, String> headers;
    private final Duration delay;
    private final boolean held;
    private final int cutAfter;
    private final boolean closes;

    private Answer(int status, byte[] body, Map<String, String> headers, Duration delay, boolean held, int cutAfter, boolean closes) {
        this.status = status;
        this.body = body;
        this.headers = Map.copyOf(headers);
        this.delay = delay;
        this.held = held;
        this.cutAfter = cutAfter;
        this.closes = closes;
    }

    /** Answers 200 with a text. */
    public static Answer text(String text) {
        return bytes("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers 200 with JSON. */
    public static Answer json(String json) {
        return bytes("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers 200 with bytes of a type. */
    public static Answer bytes(String contentType, byte[] body) {
        return new Answer(200, body.clone(), Map.of("Content-Type", contentType), Duration.ZERO, false, WHOLE, false);
    }

    /** Answers a status without a body. */
    public static Answer status(int status) {
        return new Answer(status, new byte[0], Map.of(), Duration.ZERO, false, WHOLE, false);
    }

    /** Gives the same answer with another status. */
    public Answer withStatus(int other) {
        return new Answer(other, body, headers, delay, held, cutAfter, closes);
    }

    /** Adds a header. */
    public Answer header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, body, more, delay, held, cutAfter, closes);
    }

    /** Waits before it answers. */
    public Answer after(Duration time) {
        return new Answer(status, body, headers, time, held, cutAfter, closes);
    }

    /** Waits until {@link TargetServer#release}, or for ever. */
    public Answer held() {
        return new Answer(status, body, headers, delay, true, cutAfter, closes);
    }

    /** Sends the whole head, so many bytes of the body, and closes the connection. */
    public Answer cutAfter(int bytes) {
        return new Answer(status, body, headers, delay, held, bytes, closes);
    }

    /** Closes the connection after the answer and says so. */
    public Answer thenClose() { return header("Connection", "close").closing(); }

    private Answer closing() { return new Answer(status, body, headers, delay, held, cutAfter, true); }

    int status() { return status; }

    byte[] body() { return body; }

    Map<String, String> headers() { return headers; }

    Duration delay() { return delay; }

    boolean isHeld() { return held; }

    int cutAfter() { return cutAfter; }

    boolean closes() { return closes; }
}
