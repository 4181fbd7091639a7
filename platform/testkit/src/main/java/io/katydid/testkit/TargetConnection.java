package io.katydid.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Serves one connection of the target server on a thread of its own. */
final class TargetConnection {
    private static final int LOOK_MILLIS = 10;
    private static final int MAX_LINE = 64 * 1024;
    private final TargetServer server;
    private final Socket socket;
    private final int number;

    TargetConnection(TargetServer server, Socket socket, int number) {
        this.server = server;
        this.socket = socket;
        this.number = number;
    }

    void start() {
        Thread.ofVirtual().name("testkit-target-connection-" + number).start(this::run);
    }

    private void run() {
        try (socket; var in = new PushbackInputStream(socket.getInputStream())) {
            socket.setTcpNoDelay(true);
            boolean more = true;
            while (more) more = exchange(in, socket.getOutputStream());
        } catch (IOException gone) {
            // The client went away, or the server was closed: both are what tests do.
            close();
        } finally {
            server.ended(this);
        }
    }

    private boolean exchange(PushbackInputStream in, OutputStream out) throws IOException {
        var first = line(in);
        if (first.isEmpty()) return false;
        var words = first.split(" ");
        if (words.length != 3) throw new IOException("This is no request line: " + first);
        var headers = headers(in);
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) out.write(ascii("HTTP/1.1 100 Continue\r\n\r\n"));
        int question = words[1].indexOf('?');
        var request = new SeenRequest(number, words[0], question < 0 ? words[1] : words[1].substring(0, question),
            question < 0 ? "" : words[1].substring(question + 1), Map.copyOf(headers), body(in, headers));
        long releases = server.releases();
        server.arrived(request);
        try {
            var answer = server.answerTo(request);
            if (!await(in, answer, releases)) return false;
            send(out, request, answer);
            return answer.cutAfter() == Answer.WHOLE && !answer.closes() && !"close".equalsIgnoreCase(headers.get("connection"));
        } finally {
            server.answered();
        }
    }

    /** Waits as the answer says; false when the client went away meanwhile. */
    private boolean await(PushbackInputStream in, Answer answer, long releases) throws IOException {
        long due = System.nanoTime() + answer.delay().toNanos();
        while (answer.isHeld() ? server.releases() == releases : System.nanoTime() - due < 0) {
            int millis = answer.isHeld() ? LOOK_MILLIS : (int) Math.clamp((due - System.nanoTime()) / 1_000_000, 1, LOOK_MILLIS);
            if (!alive(in, millis)) return false;
        }
        return true;
    }

    private boolean alive(PushbackInputStream in, int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            int next = in.read();
            if (next >= 0) in.unread(next);
            return next >= 0;
        } catch (SocketTimeoutException silent) {
            return true;
        } finally {
            socket.setSoTimeout(0);
        }
    }

    private static void send(OutputStream out, SeenRequest request, Answer answer) throws IOException {
        var head = new StringBuilder("HTTP/1.1 ").append(answer.status()).append(" Testkit\r\n");
        answer.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        boolean bodiless = answer.status() == 204 || answer.status() == 304;
        if (!bodiless) head.append("Content-Length: ").append(answer.body().length).append("\r\n");
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ascii(head.append("\r\n").toString()));
        int length = answer.cutAfter() == Answer.WHOLE ? answer.body().length : Math.min(answer.cutAfter(), answer.body().length);
        if (!bodiless && !request.method().equals("HEAD")) bytes.write(answer.body(), 0, length);
        bytes.writeTo(out);
        out.flush();
    }

    private static Map<String, String> headers(PushbackInputStream in) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) throw new IOException("This is no header: " + line);
            headers.merge(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        return headers;
    }

    private static byte[] body(PushbackInputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) return chunks(in);
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return exactly(in, length);
    }

    private static byte[] chunks(PushbackInputStream in) throws IOException {
        var all = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in).replaceFirst(";.*", "").strip(), 16);
            all.writeBytes(exactly(in, size));
            if (size > 0) line(in);
            else {
                headers(in);
                return all.toByteArray();
            }
        }
    }

    private static byte[] exactly(PushbackInputStream in, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) throw new EOFException("The body ended after " + bytes.length + " of " + length + " bytes.");
        return bytes;
    }

    /** Reads a line; "" at the end of the stream. */
    private static String line(PushbackInputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
            if (line.size() > MAX_LINE) throw new IOException("A line has more than " + MAX_LINE + " bytes.");
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static byte[] ascii(String text) { return text.getBytes(StandardCharsets.ISO_8859_1); }

    void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            server.ended(this);
        }
    }
}
