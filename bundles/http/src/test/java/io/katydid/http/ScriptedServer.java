package io.katydid.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Is a server whose connections follow a test's script, each on its own thread, byte by byte as the test likes. */
final class ScriptedServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    /** What went wrong in a script. */
    final List<Throwable> problems = new CopyOnWriteArrayList<>();

    @FunctionalInterface
    interface Script {
        void talk(Talk talk) throws Exception;
    }

    /** Is one connection, from the server's side. */
    static final class Talk {
        final int number;
        final InputStream in;
        final OutputStream out;

        Talk(int number, Socket socket) throws IOException {
            this.number = number;
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        /** Reads the head of a request without its empty line; "" when the client has closed. */
        String head() throws IOException {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int read = in.read();
                if (read < 0) return "";
                head.append((char) read);
            }
            return head.substring(0, head.length() - 4);
        }

        String body(int length) throws IOException { return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1); }

        /** Reads to the end; says what came before it. */
        String untilClosed() throws IOException {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }

        void say(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** Says a text in pieces of one byte. */
        void spell(String text) throws IOException {
            for (byte each : text.getBytes(StandardCharsets.ISO_8859_1)) {
                out.write(each);
                out.flush();
            }
        }

        void ok(String body) throws IOException {
            say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }
    }

    ScriptedServer(Script script) throws IOException {
        Thread.ofPlatform().daemon().start(() -> {
            while (!server.isClosed()) {
                try {
                    var socket = server.accept();
                    sockets.add(socket);
                    int number = connections.getAndIncrement();
                    Thread.ofPlatform().daemon().start(() -> run(script, socket, number));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void run(Script script, Socket socket, int number) {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            script.talk(new Talk(number, socket));
        } catch (Throwable problem) {
            if (!server.isClosed()) problems.add(problem);
        }
    }

    String url() { return "http://127.0.0.1:" + server.getLocalPort(); }

    int connections() { return connections.get(); }

    @Override public void close() throws IOException {
        server.close();
        for (var socket : sockets) socket.close();
    }
}
