package io.katydid.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/** Is an nginx that answers each request 20 ms after it came, those below {@code /warm} at once, and logs when and for which path. */
final class SlowServer implements AutoCloseable {
    private static final Path ECHO = Path.of("/usr/lib/nginx/modules/ngx_http_echo_module.so");
    private static final String LOG = "access.log";
    private final NginxProcess nginx;

    private SlowServer(NginxProcess nginx) {
        this.nginx = nginx;
    }

    static SlowServer start(Path folder) throws Exception {
        if (!Files.exists(ECHO)) Assumptions.abort(Peers.missing("nginx with its module echo"));
        return new SlowServer(NginxProcess.start(folder, new NginxProcess.Conf("load_module " + ECHO + ";",
            "log_format line '$msec $uri'; access_log " + LOG + " line;", """
                location ~ /missing$ { echo_status 404; echo_sleep 0.02; echo hello; }
                location ~ /warm$ { return 200 "hello\\n"; }
                location / { echo_read_request_body; echo_sleep 0.02; echo hello; }
                """)));
    }

    /** Gives the address for one tool, by which its requests are counted. */
    String url(String tool) {
        return "http://127.0.0.1:" + nginx.port() + "/" + tool;
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
        try (var lines = Files.lines(nginx.home().resolve(LOG))) {
            return lines.filter(line -> line.endsWith(" /" + tool + path))
                .mapToDouble(line -> Double.parseDouble(line.substring(0, line.indexOf(' '))))
                .toArray();
        }
    }

    @Override public void close() throws Exception {
        nginx.close();
    }
}
