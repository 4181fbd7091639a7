package io.katydid.distribution;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Is an nginx that answers each request 20 ms after it came, those below {@code /warm} at once, and logs when and for which path. */
final class SlowServer implements AutoCloseable {
    private static final Path ECHO = Path.of("/usr/lib/nginx/modules/ngx_http_echo_module.so");
    private final Process process;
    private final int port;
    private final Path log;

    private SlowServer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static SlowServer start(Path folder) throws Exception {
        var program = Peers.require("nginx");
        if (!Files.exists(ECHO)) Assumptions.abort(Peers.missing("nginx with its module echo"));
        int port = freePort();
        var home = Files.createDirectories(folder.resolve("nginx"));
        var conf = Files.writeString(home.resolve("nginx.conf"), """
            load_module %3$s;
            daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/error.log warn;
            events { worker_connections 1000; }
            http {
              log_format line '$msec $uri'; access_log %1$s/access.log line; keepalive_requests 1000000000; keepalive_timeout 600s; default_type text/plain;
              client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s; uwsgi_temp_path %1$s; scgi_temp_path %1$s;
              server {
                listen 127.0.0.1:%2$d;
                location ~ /missing$ { echo_status 404; echo_sleep 0.02; echo hello; }
                location ~ /warm$ { return 200 "hello\\n"; }
                location / { echo_read_request_body; echo_sleep 0.02; echo hello; }
              }
            }
            """.formatted(home, port, ECHO));
        var process = new ProcessBuilder(program.toString(), "-p", home.toString(), "-c", conf.toString(), "-e",
            home.resolve("error.log").toString())
            .redirectErrorStream(true).redirectOutput(home.resolve("out.txt").toFile()).start();
        var server = new SlowServer(process, port, home.resolve("access.log"));
        server.awaitReady();
        return server;
    }

    /** Gives the address for one tool, by which its requests are counted. */
    String url(String tool) {
        return "http://127.0.0.1:" + port + "/" + tool;
    }

    /** Gives how many requests of a tool for a path have been answered. */
    long count(String tool, String path) throws IOException {
        return times(tool, path).length;
    }

    /** Gives how many requests of a tool for a path were answered in so many seconds from the first such request on. */
    long countWithin(String tool, String path, double seconds) throws IOException {
        var times = times(tool, path);
        return Arrays.stream(times).filter(time -> time < times[0] + seconds).count();
    }

    private double[] times(String tool, String path) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.endsWith(" /" + tool + path))
                .mapToDouble(line -> Double.parseDouble(line.substring(0, line.indexOf(' '))))
                .toArray();
        }
    }

    private void awaitReady() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        try (var client = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    client.send(HttpRequest.newBuilder(URI.create(url("nobody") + "/warm")).build(), BodyHandlers.discarding());
                    return;
                } catch (IOException notYet) {
                    if (System.nanoTime() > end || !process.isAlive()) throw notYet;
                    process.waitFor(20, TimeUnit.MILLISECONDS);
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override public void close() throws Exception {
        process.destroy();
        process.waitFor();
    }
}
