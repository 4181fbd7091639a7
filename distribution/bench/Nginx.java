import module java.base;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Is the server of all measurements: one worker of nginx on a core of its own, which counts what it has served. */
final class Nginx implements AutoCloseable {
    static final Pattern COUNTERS = Pattern.compile("\\n\\s*(\\d+)\\s+(\\d+)\\s+(\\d+)");
    static final Path ECHO = Path.of("/usr/lib/nginx/modules/ngx_http_echo_module.so");
    final HttpClient client = HttpClient.newHttpClient();
    final int port;
    final int tlsPort;
    final Process process;

    /** Starts it in a folder; {@code core} -1 leaves it where it is. */
    Nginx(Path home, int core) throws Exception {
        port = freePort();
        tlsPort = freePort();
        Certificate.write(home);
        Files.writeString(home.resolve("10k"), "x".repeat(10 * 1024));
        Files.writeString(home.resolve("1m"), "x".repeat(1024 * 1024));
        var conf = Files.writeString(home.resolve("nginx.conf"), conf(home));
        process = Processes.start(core, home.resolve("nginx.txt"), "nginx", "-p", home.toString(), "-c", conf.toString(), "-e", home.resolve("error.log").toString());
        awaitAnswer(home);
    }

    private String conf(Path home) {
        boolean echo = Files.exists(ECHO);
        return """
            %5$s
            daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/error.log warn; worker_rlimit_nofile 20000;
            events { worker_connections 19000; }
            http { access_log off; keepalive_requests 1000000000; keepalive_timeout 600s; root %1$s; sendfile on; tcp_nopush on; open_file_cache max=10;
              client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s; uwsgi_temp_path %1$s; scgi_temp_path %1$s;
              ssl_certificate %1$s/server.crt; ssl_certificate_key %1$s/server.key; ssl_protocols TLSv1.3; ssl_session_tickets off; ssl_session_cache off;
              server { listen 127.0.0.1:%2$d backlog=20000; listen 127.0.0.1:%3$d ssl backlog=20000;
                location /status { stub_status; }
                location = /10k {} location = /1m {}
                location = /login { default_type application/json; return 200 '{"user":{"id":17,"token":"0a1b2c3d4e5f60718293a4b5c6d7e8f9"}}'; }
                %6$s
                location / { default_type text/plain; return 200 "%4$s"; } } }
            """.formatted(home, port, tlsPort, "x".repeat(150), echo ? "load_module " + ECHO + ";" : "", echo ? delays() : "");
    }

    private static String delays() {
        return IntStream.of(5, 50, 500).mapToObj("location = /delay/%1$d { echo_sleep 0.%1$03d; echo hello; }\n"::formatted).collect(Collectors.joining());
    }

    private void awaitAnswer(Path home) throws Exception {
        long end = System.nanoTime() + 10_000_000_000L;
        while (true) {
            try {
                served();
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > end) throw new IllegalStateException("nginx did not start: " + Files.readString(home.resolve("error.log")), notYet);
                Thread.sleep(20);
            }
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String url(boolean tls) { return tls ? "https://127.0.0.1:" + tlsPort : "http://127.0.0.1:" + port; }

    /** Gives how many requests it has served, the one that asks included. */
    long served() throws IOException, InterruptedException {
        var answer = client.send(HttpRequest.newBuilder(URI.create(url(false) + "/status")).build(), BodyHandlers.ofString()).body();
        var found = COUNTERS.matcher(answer);
        if (!found.find()) throw new IllegalStateException("nginx did not give its status but: " + answer);
        return Long.parseLong(found.group(3));
    }

    @Override public void close() {
        Processes.end(process);
    }
}
