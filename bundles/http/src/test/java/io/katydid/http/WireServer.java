package io.katydid.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Is a server whose script says what goes over the wire, byte for byte; it keeps what it saw, by connection. */
final class WireServer implements AutoCloseable {
    private final ServerSocket server;
    private final boolean secure;
    private final Script script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    final List<Seen> seen = new CopyOnWriteArrayList<>();

    /** Answers one request. */
    @FunctionalInterface
    interface Script { void answer(Seen seen, Wire wire) throws Exception; }

    /** Is one request as it came. */
    record Seen(int connection, String method, String target, List<String> lines, byte[] body, String client) {

        List<String> all(String name) {
            return lines.stream().filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip()).toList();
        }

        Optional<String> header(String name) { return all(name).stream().findFirst(); }

        String text() { return new String(body, StandardCharsets.UTF_8); }

        String line() { return method + " " + target; }
    }

    private WireServer(ServerSocket server, boolean secure, Script script) {
        this.server = server;
        this.secure = secure;
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    static WireServer plain(Script script) throws IOException {
        return new WireServer(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), false, script);
    }

    /** Answers everything with this text. */
    static WireServer answering(String text) throws IOException {
        return plain((_, wire) -> wire.answer(200, text));
    }

    static WireServer secure(SSLContext context, Script script) throws IOException { return secure(context, false, script); }

    /** Asks for a certificate when told so. */
    static WireServer secure(SSLContext context, boolean clients, Script script) throws IOException {
        var socket = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 100, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(clients);
        return new WireServer(socket, true, script);
    }

    /** Chooses this protocol by ALPN. */
    static WireServer choosing(SSLContext context, String protocol, Script script) throws IOException {
        var made = secure(context, false, script);
        var parameters = ((SSLServerSocket) made.server).getSSLParameters();
        parameters.setApplicationProtocols(new String[]{protocol});
        ((SSLServerSocket) made.server).setSSLParameters(parameters);
        return made;
    }

    int port() { return server.getLocalPort(); }

    String url() { return (secure ? "https" : "http") + "://127.0.0.1:" + port(); }

    int connections() { return connections.get(); }

    List<String> lines() { return seen.stream().map(Seen::line).toList(); }

    Seen last() { return seen.getLast(); }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            var wire = new Wire(socket, in);
            while (!socket.isClosed()) {
                var request = read(in, number, socket);
                if (request.isEmpty()) return;
                seen.add(request.get());
                wire.method = request.get().method();
                script.answer(request.get(), wire);
            }
        } catch (Exception gone) {
            // The client left, or the script ended the connection.
        } finally {
            open.remove(socket);
        }
    }

    private static Optional<Seen> read(InputStream in, int number, Socket socket) throws IOException {
        var first = line(in);
        if (first.isEmpty()) return Optional.empty();
        var lines = new ArrayList<String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) lines.add(line);
        var words = first.split(" ");
        var bare = new Seen(number, words[0], words[1], List.copyOf(lines), new byte[0], client(socket));
        return Optional.of(new Seen(number, words[0], words[1], bare.lines(), body(in, bare), bare.client()));
    }

    private static byte[] body(InputStream in, Seen head) throws IOException {
        if (head.header("Transfer-Encoding").isEmpty())
            return in.readNBytes(head.header("Content-Length").map(Integer::parseInt).orElse(0));
        var all = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            all.writeBytes(in.readNBytes(size));
            line(in);
        }
        line(in);
        return all.toByteArray();
    }

    private static String client(Socket socket) {
        try {
            return socket instanceof SSLSocket tls ? tls.getSession().getPeerPrincipal().getName() : "";
        } catch (SSLPeerUnverifiedException none) {
            return "";
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) line.write(each);
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override public void close() throws IOException {
        server.close();
        for (var socket : open) socket.close();
    }

    /** Writes to the client. */
    static final class Wire {
        private final Socket socket;
        private final InputStream in;
        private String method = "";

        Wire(Socket socket, InputStream in) {
            this.socket = socket;
            this.in = in;
        }

        /** Sends a whole answer with its length. */
        void answer(int status, String body, String... headers) throws IOException {
            answer(status, body.getBytes(StandardCharsets.UTF_8), headers);
        }

        void answer(int status, byte[] body, String... headers) throws IOException {
            head(status, headers);
            send("Content-Length: " + body.length + "\r\n\r\n");
            if (!method.equals("HEAD") && status != 304 && status != 204) send(body);
        }

        /** Sends the status and headers; the caller ends the head. */
        void head(int status, String... headers) throws IOException {
            var lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            send("HTTP/1.1 " + status + " " + Reasons.of(status) + "\r\n" + lines);
        }

        void send(String raw) throws IOException {
            send(raw.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] raw) throws IOException {
            socket.getOutputStream().write(raw);
            socket.getOutputStream().flush();
        }

        /** Closes in order. */
        void hangUp() throws IOException {
            socket.close();
        }

        /** Closes with a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Says nothing until the client has left. */
        void waitForTheEnd() throws IOException {
            while (in.read() >= 0) Thread.onSpinWait();
        }

        /** Carries bytes to another server and back until one of them closes. */
        void tunnel(String host, int port) throws IOException {
            try (var other = new Socket(host, port)) {
                var back = Thread.ofVirtual().start(() -> {
                    try {
                        other.getInputStream().transferTo(socket.getOutputStream());
                        socket.shutdownOutput();
                    } catch (IOException gone) {
                        // One of both has left.
                    }
                });
                in.transferTo(other.getOutputStream());
                other.shutdownOutput();
                back.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
