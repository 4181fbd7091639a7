package io.katydid.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Is a small HTTP/1.1 server on loopback that remembers what it saw and answers as it is told: 200 {@code ok} to everything, if it is told nothing.
 *
 * <pre>{@code
 * try (var server = TargetServer.open()) {
 *     server.answer("/missing", Answer.status(404));
 *     …
 *     assertThat(server.requests("/missing")).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>Any thread.
 */
public final class TargetServer implements Peer {
    private final Acceptor<TargetConnection> acceptor = new Acceptor<>("testkit-target", this::connect, TargetConnection::start,
        TargetConnection::close);
    private final Map<String, Function<SeenRequest, Answer>> answers = new ConcurrentHashMap<>();
    private final List<SeenRequest> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicLong releases = new AtomicLong();
    private volatile Function<SeenRequest, Answer> otherwise = _ -> Answer.text("ok");

    private TargetServer() {}

    /** Opens a server on a free port of 127.0.0.1. */
    public static TargetServer open() {
        var server = new TargetServer();
        server.acceptor.start();
        return server;
    }

    private TargetConnection connect(Socket socket) throws IOException {
        return new TargetConnection(this, socket, connections.incrementAndGet());
    }

    /** Gives the base URL, without a slash at its end. */
    public String url() { return "http://127.0.0.1:" + port(); }

    /** Gives the port. */
    public int port() { return acceptor.port(); }

    @Override public String address() { return url(); }

    /** Answers requests to a path, whatever their method and query. */
    public TargetServer answer(String path, Answer answer) {
        return answer(path, _ -> answer);
    }

    /** Answers requests to a path with what a function makes of them; it runs on the connection's thread. */
    public TargetServer answer(String path, Function<SeenRequest, Answer> answer) {
        answers.put(path, answer);
        return this;
    }

    /** Answers all other requests. */
    public TargetServer otherwise(Answer answer) {
        otherwise = _ -> answer;
        return this;
    }

    /** Gives all requests in the order they were complete. */
    public List<SeenRequest> seen() { return List.copyOf(seen); }

    /** Gives how many requests have arrived. */
    public int requests() { return seen.size(); }

    /** Gives how many requests for a path have arrived. */
    public int requests(String path) {
        return (int) seen.stream().filter(request -> request.path().equals(path)).count();
    }

    /** Gives how many connections were ever made. */
    public int connections() { return connections.get(); }

    @Override public int openConnections() { return acceptor.count(); }

    @Override public int unanswered() { return unanswered.get(); }

    @Override public void release() {
        releases.incrementAndGet();
    }

    long releases() { return releases.get(); }

    Answer answerTo(SeenRequest request) { return answers.getOrDefault(request.path(), otherwise).apply(request); }

    void arrived(SeenRequest request) {
        unanswered.incrementAndGet();
        seen.add(request);
    }

    void answered() {
        unanswered.decrementAndGet();
    }

    void ended(TargetConnection connection) {
        acceptor.ended(connection);
    }

    @Override public void close() {
        acceptor.close();
    }
}
