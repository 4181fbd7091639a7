package io.katydid.distribution;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Is a real nginx on a free loopback port that answers 150 bytes and counts its requests. */
final class Nginx implements AutoCloseable {
    private static final Pattern COUNTERS = Pattern.compile("\\n\\s*(\\d+)\\s+(\\d+)\\s+(\\d+)");
    private final Process process;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private long asked;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Nginx start(Path folder) throws Exception {
        var program = Peers.require("nginx");
        int port = freePort();
        var home = Files.createDirectories(folder.resolve("nginx"));
        var body = "x".repeat(150);
        var conf = Files.writeString(home.resolve("nginx.conf"), """
            daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/error.log warn;
            events { worker_connections 20000; }
            http {
              access_log off; keepalive_requests 1000000000; keepalive_timeout 600s;
              client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s; uwsgi_temp_path %1$s; scgi_temp_path %1$s;
              server {
                listen 127.0.0.1:%2$d backlog=20000;
                location /status { stub_status; }
                location / { add_header Set-Cookie "seen=1"; default_type text/plain; return 200 "%3$s"; }
              }
            }
            """.formatted(home, port, body));
        var process = new ProcessBuilder(program.toString(), "-p", home.toString(), "-c", conf.toString(), "-e",
            home.resolve("error.log").toString())
            .redirectErrorStream(true).redirectOutput(home.resolve("out.txt").toFile()).start();
        var nginx = new Nginx(process, port);
        nginx.awaitReady();
        return nginx;
    }

    String url() { return "http://127.0.0.1:" + port; }

    /** Gives the requests it has served, without those that asked for the number. */
    synchronized long served() throws Exception {
        var text = get("/status");
        asked++;
        var found = COUNTERS.matcher(text);
        if (!found.find()) throw new IllegalStateException("nginx' status is not what it was: " + text);
        return Long.parseLong(found.group(3)) - asked;
    }

    private String get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url() + path)).build(), BodyHandlers.ofString()).body();
    }

    private void awaitReady() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                served();
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > end || !process.isAlive()) throw notYet;
                process.waitFor(20, TimeUnit.MILLISECONDS);
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
