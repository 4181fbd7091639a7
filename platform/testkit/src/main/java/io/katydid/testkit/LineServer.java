package io.katydid.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
    private static final int BACKLOG = 1000;
    private final ServerSocket socket;
    private final Thread accepting;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    private final Set<LineConnection> open = ConcurrentHashMap.newKeySet();

    private LineServer(ServerSocket socket) {
        this.socket = socket;
        accepting = Thread.ofPlatform().daemon().name("testkit-lines-" + socket.getLocalPort()).start(this::accept);
    }

    /** Opens a server on a free port of 127.0.0.1. */
    public static LineServer open() {
        try {
            return new LineServer(new ServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1")));
        } catch (IOException problem) {
            throw new UncheckedIOException("No server could be opened on 127.0.0.1: " + problem.getMessage(), problem);
        }
    }

    /** Gives {@code tcp://127.0.0.1:} and the port. */
    @Override public String address() {
        return "tcp://127.0.0.1:" + socket.getLocalPort();
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

    @Override public int openConnections() { return open.size(); }

    @Override public int unanswered() {
        return open.stream().mapToInt(LineConnection::unanswered).sum();
    }

    @Override public void release() {
        open.forEach(LineConnection::release);
    }

    /** Takes note of a line and gives its answer. */
    String answerTo(String line) {
        seen.computeIfAbsent(line, _ -> new AtomicInteger()).incrementAndGet();
        return answers.getOrDefault(line, "OK");
    }

    boolean holds(String line) { return held.contains(line); }

    void ended(LineConnection connection) {
        open.remove(connection);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = new LineConnection(this, socket.accept());
                open.add(connection);
                connection.start();
                // Closed between accept and add: nobody else would close this one.
                if (socket.isClosed()) connection.close();
            } catch (IOException closed) {
                if (!socket.isClosed()) throw new UncheckedIOException(closed);
            }
        }
    }

    @Override public void close() {
        try {
            socket.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        // Until it has noticed, the kernel lets clients in.
        Await.until("the server accepts no more", () -> !accepting.isAlive());
        open.forEach(LineConnection::close);
    }
}
