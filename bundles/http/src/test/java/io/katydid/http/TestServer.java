package io.katydid.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** Is a real server for the good paths; it remembers what it saw. */
final class TestServer implements AutoCloseable {
    private final HttpServer server;
    final List<String> seen = new CopyOnWriteArrayList<>();

    TestServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() { return "http://127.0.0.1:" + server.getAddress().getPort(); }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var path = exchange.getRequestURI().toString();
            seen.add(exchange.getRequestMethod() + " " + path + (sent.isEmpty() ? "" : " " + sent) + header(exchange, "Authorization")
                + header(exchange, "Cookie")
                + header(exchange, "X-Team"));
            route(exchange, path, sent);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        var value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : " " + name + "=" + value;
    }

    private static void route(HttpExchange exchange, String path, String sent) throws IOException {
        var headers = exchange.getResponseHeaders();
        if (path.startsWith("/redirect/")) {
            int left = Integer.parseInt(path.substring(10));
            headers.set("Location", left > 1 ? "/redirect/" + (left - 1) : "/end");
            send(exchange, 302, "");
        } else if (path.startsWith("/status/")) {
            send(exchange, Integer.parseInt(path.substring(8)), "text");
        } else if (path.equals("/cookie")) {
            headers.add("Set-Cookie", "sid=42; Path=/");
            send(exchange, 200, "set");
        } else if (path.equals("/gzip")) {
            headers.set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            try (var gzip = new GZIPOutputStream(exchange.getResponseBody())) {
                gzip.write("unpacked".getBytes(StandardCharsets.UTF_8));
            }
        } else if (path.equals("/lines")) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("one\ntwo\nthree\n".getBytes(StandardCharsets.UTF_8));
        } else if (path.equals("/echo")) {
            headers.set("Content-Type", "application/json");
            send(exchange, 200, sent);
        } else {
            headers.set("Content-Type", "application/json");
            send(exchange, 200, "{\"id\": 7, \"path\": \"" + path + "\"}");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, none ? -1 : bytes.length);
        if (!none) exchange.getResponseBody().write(bytes);
    }

    @Override public void close() {
        server.stop(0);
    }
}
