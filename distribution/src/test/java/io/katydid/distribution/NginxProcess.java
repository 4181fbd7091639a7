package io.katydid.distribution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Is a real nginx, with one worker, on a free loopback port.
 *
 * @param home has what it writes
 */
record NginxProcess(Process process, int port, Path home) implements AutoCloseable {

    /**
     * Says what it does, in its own words.
     *
     * @param modules what it loads
     * @param http    settings of all servers
     * @param server  settings of the one server; the port is its own
     */
    record Conf(String modules, String http, String server) {

        private String text(Path home, int port) {
            return """
                %3$s
                daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/error.log warn;
                events { worker_connections 20000; }
                http {
                  keepalive_requests 1000000000; keepalive_timeout 600s; default_type text/plain;
                  client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s; uwsgi_temp_path %1$s; scgi_temp_path %1$s;
                  %4$s
                  server {
                    listen 127.0.0.1:%2$d backlog=20000;
                    %5$s
                  }
                }
                """.formatted(home, port, modules, http, server);
        }
    }

    /** Starts one and waits until it listens; the test is skipped, or fails where peers are required, when nginx is not installed. */
    static NginxProcess start(Path folder, Conf conf) throws Exception {
        var program = Peers.require("nginx");
        int port = Ports.free();
        var home = Files.createDirectories(folder.resolve("nginx"));
        var file = Files.writeString(home.resolve("nginx.conf"), conf.text(home, port));
        var process = new ProcessBuilder(program.toString(), "-p", home.toString(), "-c", file.toString(), "-e",
            home.resolve("error.log").toString()).redirectErrorStream(true).redirectOutput(home.resolve("out.txt").toFile()).start();
        var nginx = new NginxProcess(process, port, home);
        nginx.awaitReady();
        return nginx;
    }

    private void awaitReady() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > end || !process.isAlive()) throw notYet;
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
        }
    }

    @Override public void close() throws Exception {
        process.destroy();
        process.waitFor();
    }
}
