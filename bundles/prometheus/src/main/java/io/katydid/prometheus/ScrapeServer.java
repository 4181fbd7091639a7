package io.katydid.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code GET /metrics} in the text format, or in that of OpenMetrics for a server that asks for it. */
final class ScrapeServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.prometheus");
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final int BACKLOG = 16;
    private final HttpServer server;
    private final ExecutorService threads = Executors
        .newCachedThreadPool(Thread.ofPlatform().daemon().name("katydid-scrape-", 0).factory());
    private final PrometheusMeterRegistry registry;

    private ScrapeServer(HttpServer server, PrometheusMeterRegistry registry) {
        this.server = server;
        this.registry = registry;
    }

    static ScrapeServer start(String host, int port, PrometheusMeterRegistry registry) throws IOException {
        boolean everywhere = host.isEmpty() || host.equals("*");
        var address = everywhere ? new InetSocketAddress(port) : new InetSocketAddress(resolve(host), port);
        var made = new ScrapeServer(HttpServer.create(address, BACKLOG), registry);
        made.server.setExecutor(made.threads);
        made.server.createContext("/", made::answer);
        made.server.start();
        LOG.info("Meters for Prometheus at http://{}:{}/metrics{}", everywhere ? "*" : host, made.port(),
            everywhere ? ", open to everybody who reaches this machine" : "");
        return made;
    }

    private static InetAddress resolve(String host) throws IOException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new IOException("there is no address of that name", unknown);
        }
    }

    int port() { return server.getAddress().getPort(); }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, TEXT, "Only GET is answered here.\n");
            } else if (exchange.getRequestURI().getPath().equals("/metrics")) {
                scrape(exchange);
            } else {
                send(exchange, 404, TEXT, "Not here: the meters are at /metrics.\n");
            }
        }
    }

    private void scrape(HttpExchange exchange) throws IOException {
        var format = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"))
            .filter(accepted -> accepted.contains("application/openmetrics-text")).map(_ -> OPEN_METRICS).orElse(TEXT);
        String meters;
        try {
            meters = registry.scrape(format);
        } catch (RuntimeException problem) {
            LOG.warn("A scrape failed: {}", problem.toString(), problem);
            send(exchange, 500, TEXT, problem + "\n");
            return;
        }
        send(exchange, 200, format, meters);
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) exchange.getResponseBody().write(body);
    }

    @Override public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
