package io.katydid.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.katydid.api.CatchResponseError;
import io.katydid.api.Environment;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.options.OptionValues;
import io.katydid.micrometer.RunMeters;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scrapes real environments. */
class PrometheusPluginTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final PrometheusPlugin plugin = new PrometheusPlugin();

    @TempDir Path folder;

    static final class Nobody extends User {
        @Task void nothing() {}
    }

    private EnvironmentBuilder builder(OptionValues.Builder options) {
        return new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).parsedOptions(options.build()).plugin(new RunMeters())
            .plugin(plugin);
    }

    private static OptionValues.Builder port(int port) { return new OptionValues.Builder().put(PrometheusPlugin.PORT, port, "test"); }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + plugin.port() + path));
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static void run(Environment environment) {
        var runner = environment.createLocalRunner();
        environment.init();
        runner.start(0, 1);
        for (double ms : List.of(0.5, 3.0, 3.0, 40.0, 700.0, 90_000.0))
            environment.events().request().report("GET", "/a \"b\"\n\\ 日", ms).success();
        environment.events().request().report("POST", "/b", 5).failure(new CatchResponseError("no"));
        environment.events().request().report("POST", "/b", Double.NaN).success();
    }

    @Test void aLastScrapeSeesEveryRequestUntilTheEnvironmentCloses() throws Exception {
        int port;
        try (var environment = builder(port(0)).labels(Map.of("team-x", "pay")).build()) {
            run(environment);
            environment.shutdown(1);

            var response = get("/metrics");
            port = plugin.port();
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
            var tags = "{method=\"GET\",name=\"/a \\\"b\\\"\\n\\\\ 日\",team_x=\"pay\"";
            assertThat(response.body())
                .contains("# TYPE katydid_requests_total counter\nkatydid_requests_total" + tags + "} 6.0\n",
                    "katydid_requests_total{method=\"POST\",name=\"/b\",team_x=\"pay\"} 2.0\n",
                    "katydid_failures_total{method=\"POST\",name=\"/b\",team_x=\"pay\"} 1.0\n",
                    "# TYPE katydid_response_time_seconds histogram\n",
                    "katydid_response_time_seconds_bucket" + tags + ",le=\"0.001\"} 1\n",
                    "katydid_response_time_seconds_bucket" + tags + ",le=\"0.005\"} 3\n",
                    "katydid_response_time_seconds_bucket" + tags + ",le=\"1.0\"} 5\n",
                    "katydid_response_time_seconds_bucket" + tags + ",le=\"60.0\"} 5\n",
                    "katydid_response_time_seconds_bucket" + tags + ",le=\"+Inf\"} 6\n",
                    "katydid_response_time_seconds_count" + tags + "} 6\n",
                    "katydid_response_time_seconds_count{method=\"POST\",name=\"/b\",team_x=\"pay\"} 1\n",
                    "phi=\"0.5\"", "katydid_loop_utilisation{loop=\"0\",team_x=\"pay\"}", "katydid_wake_up_delay_seconds{team_x=\"pay\"}")
                .containsPattern("katydid_response_time_seconds_sum\\Q" + tags + "\\E\\} 90\\.74");
            promtool(response.body());
        }
        assertThatThrownBy(
            () -> client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(), BodyHandlers.ofString()))
            .isInstanceOf(ConnectException.class);
    }

    /** Lets Prometheus' own linter read it. */
    private void promtool(String text) throws Exception {
        var promtool = Stream.of(System.getenv("PATH").split(":")).map(at -> Path.of(at, "promtool")).filter(Files::isExecutable)
            .findFirst().orElseGet(PrometheusPluginTest::missing);
        var in = Files.writeString(folder.resolve("metrics"), text);
        var out = folder.resolve("promtool.txt");
        var process = new ProcessBuilder(promtool.toString(), "check", "metrics").redirectInput(in.toFile()).redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(out)).isEmpty();
        assertThat(process.exitValue()).isZero();
    }

    private static Path missing() {
        var reason = "The peer 'promtool' is not installed: this test needs the real one.";
        if ("required".equals(System.getProperty("katydid.peers"))) fail(reason);
        System.out.println("skipped: " + reason);
        return abort(reason);
    }

    @Test void aServerMayAskForOpenMetricsAndForNothingElse() throws Exception {
        try (var environment = builder(port(0)).build()) {
            run(environment);
            environment.shutdown(1);
            var open = get("/metrics", "Accept",
                "application/vnd.google.protobuf;q=0.7,application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1");
            assertThat(open.headers().firstValue("Content-Type")).contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
            assertThat(open.body()).endsWith("# EOF\n").contains("katydid_requests_total{");
            assertThat(get("/metrics", "Accept", "application/vnd.google.protobuf").headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
            assertThat(get("/").statusCode()).isEqualTo(404);
            assertThat(get("/").body()).contains("/metrics");
            var post = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + plugin.port() + "/metrics"))
                    .POST(HttpRequest.BodyPublishers.ofString("x")).build(),
                BodyHandlers.ofString());
            assertThat(post.statusCode()).isEqualTo(405);
        }
    }

    @Test void aTakenPortAndAWrongOneAreSaidBeforeTheRun() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            refused(port(taken.getLocalPort()),
                "--prometheus-port " + taken.getLocalPort() + ": cannot listen on 127.0.0.1:" + taken.getLocalPort()
                    + " (Address already in use). Choose another port, or 0 for any free one; the address is that of --prometheus-host.");
        }
        refused(port(70_000), "--prometheus-port 70000 is no port. Give 1 to 65535, or 0 for any free one.");
        refused(port(0).put(PrometheusPlugin.HOST, "no.such.host.invalid", "test"),
            "--prometheus-port 0: cannot listen on no.such.host.invalid:0 (there is no"
                + " address of that name). Choose another port, or 0 for any free one; the address is that of --prometheus-host.");
    }

    private void refused(OptionValues.Builder options, String message) {
        try (var environment = builder(options).build()) {
            environment.createLocalRunner();
            assertThatThrownBy(environment::init).hasMessage(message);
        }
    }

    @Test void withoutItsOptionNothingListens() {
        try (var environment = builder(new OptionValues.Builder()).build()) {
            run(environment);
            environment.shutdown(1);
            assertThatThrownBy(plugin::port).hasMessage("nothing is served");
            assertThat(RunMeters.registry(environment).getRegistries()).isEmpty();
        }
    }
}
