package io.katydid.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/** Is one client of a {@link LineServer}. It reads on while an answer is held, so it notices a client that goes away. */
final class LineConnection {
    private final LineServer server;
    private final Socket socket;
    private final Queue<String> waiting = new ArrayDeque<>();

    LineConnection(LineServer server, Socket socket) {
        this.server = server;
        this.socket = socket;
    }

    void start() {
        Thread.ofPlatform().daemon().name("testkit-line-" + socket.getPort()).start(this::serve);
    }

    private void serve() {
        try (socket; var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) take(line);
        } catch (IOException gone) {
            // The client has left in the middle of something: that is what clients are told to do here.
        } finally {
            server.ended(this);
        }
    }

    private synchronized void take(String line) throws IOException {
        boolean hold = server.holds(line) || !waiting.isEmpty();
        var answer = server.answerTo(line);
        if (hold) waiting.add(answer);
        else send(answer);
    }

    private void send(String answer) throws IOException {
        socket.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
    }

    synchronized int unanswered() { return waiting.size(); }

    synchronized void release() {
        try {
            for (var answer = waiting.poll(); answer != null; answer = waiting.poll()) send(answer);
        } catch (IOException gone) {
            close();
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException closed) {
            // It is closed, which is all that was wanted.
        }
    }
}
