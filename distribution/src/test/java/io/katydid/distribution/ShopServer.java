package io.katydid.distribution;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Answers whatever the examples ask for, as JSON, and counts each method and path. */
final class ShopServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    ShopServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 1000);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() { return "http://127.0.0.1:" + server.getAddress().getPort(); }

    long count(String methodAndPath) { return counts.getOrDefault(methodAndPath, new LongAdder()).sum(); }

    long total() { return counts.values().stream().mapToLong(LongAdder::sum).sum(); }

    Map<String, LongAdder> counts() { return counts; }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var path = exchange.getRequestURI().getPath();
            counts.computeIfAbsent(exchange.getRequestMethod() + " " + path, _ -> new LongAdder()).increment();
            var body = "{\"id\": \"A-17\", \"data\": {\"foo\": 1}, \"text\": \"Locust\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            int status = path.contains("not/exist") ? 404 : 200;
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) exchange.getResponseBody().write(body);
        }
    }

    @Override public void close() {
        server.stop(0);
    }
}
