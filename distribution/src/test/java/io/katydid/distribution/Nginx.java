package io.katydid.distribution;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Is a real nginx on a free loopback port that answers 150 bytes and counts its requests. */
final class Nginx implements AutoCloseable {
    private static final Pattern COUNTERS = Pattern.compile("\\n\\s*(\\d+)\\s+(\\d+)\\s+(\\d+)");
    private final NginxProcess nginx;
    private final HttpClient client = HttpClient.newHttpClient();
    private long asked;

    private Nginx(NginxProcess nginx) {
        this.nginx = nginx;
    }

    static Nginx start(Path folder) throws Exception {
        return new Nginx(NginxProcess.start(folder, new NginxProcess.Conf("", "access_log off;", """
            location /status { stub_status; }
            location / { add_header Set-Cookie "seen=1"; return 200 "%s"; }
            """.formatted("x".repeat(150)))));
    }

    String url() { return "http://127.0.0.1:" + nginx.port(); }

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

    @Override public void close() throws Exception {
        nginx.close();
    }
}
