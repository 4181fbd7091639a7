package io.katydid.testkit;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Is a small server on loopback for protocols of lines: each line that comes is a request, and is answered by one line as it is told; {@code OK}, if it is told
 * nothing.
 *
 * <pre>{@code
 * try (var server = LineServer.open()) {
 *     server.answer("get apples", "VALUE 7").answer("get pears", "ERROR no pears").hold("get plums", "VALUE 1");
 *     …
 *     assertThat(server.requests("get apples")).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>Any thread.
 */
public final class LineServer implements Peer {
    private final Acceptor<LineConnection> acceptor = new Acceptor<>("testkit-lines", socket -> new LineConnection(this, socket),
        LineConnection::start, LineConnection::close);
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();

    private LineServer() {}

    /** Opens a server on a free port of 127.0.0.1. */
    public static LineServer open() {
        var server = new LineServer();
        server.acceptor.start();
        return server;
    }

    /** Gives {@code tcp://127.0.0.1:} and the port. */
    @Override public String address() {
        return "tcp://127.0.0.1:" + acceptor.port();
    }

    /** Answers a line with a line, both without their ends. */
    public LineServer answer(String line, String answer) {
        held.remove(line);
        answers.put(line, answer);
        return this;
    }

    /** Answers a line, but not before {@link #release}. */
    public LineServer hold(String line, String answer) {
        answers.put(line, answer);
        held.add(line);
        return this;
    }

    /** Gives how many lines have come. */
    public int requests() {
        return seen.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Gives how often a line has come. */
    public int requests(String line) {
        var count = seen.get(line);
        return count == null ? 0 : count.get();
    }

    @Override public int openConnections() { return acceptor.count(); }

    @Override public int unanswered() {
        return acceptor.connections().mapToInt(LineConnection::unanswered).sum();
    }

    @Override public void release() {
        acceptor.connections().forEach(LineConnection::release);
    }

    /** Takes note of a line and gives its answer. */
    String answerTo(String line) {
        seen.computeIfAbsent(line, _ -> new AtomicInteger()).incrementAndGet();
        return answers.getOrDefault(line, "OK");
    }

    boolean holds(String line) { return held.contains(line); }

    void ended(LineConnection connection) {
        acceptor.ended(connection);
    }

    @Override public void close() {
        acceptor.close();
    }
}
