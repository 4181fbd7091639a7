package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.distribution.Product.Ended;
import io.katydid.distribution.Product.Running;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts masters and workers with the arguments that the two public operators of the reference pass, and with those of the chart, as processes under the image's variables. The
 * lists are those of {@code BuildMasterCommand} and {@code BuildWorkerCommand} in AbdelrhmanHamouda/locust-k8s-operator, and of {@code build_master_job} and
 * {@code build_worker_job} in locustio/k8s-operator.
 */
class OperatorsIT {
    private static final Pattern AGGREGATED = Pattern.compile("Aggregated\\s+(\\d+)\\s+(\\d+)\\(");
    private static final String SCRIPT = """
        import io.katydid.api.*;
        import io.katydid.http.*;

        class Buyer extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constantPacing(0.05); }

            @Task void buy() { client.get("/buy"); }
        }
        """;

    @TempDir Path folder;
    private final List<Running> running = new ArrayList<>();
    private int port;

    @BeforeEach void prepare() throws Exception {
        Files.writeString(folder.resolve("Shop.java"), SCRIPT);
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach void endAll() throws Exception {
        for (var each : running) each.process().destroyForcibly().waitFor();
    }

    /** Gives a product with the image's variables, but for its two folders, which are the test's. */
    private Product image(Map<String, String> more) throws Exception {
        var product = new Product(folder);
        for (var variable : ImageTest.environment().entrySet()) {
            if (!List.of("HOME", "KATYDID_CACHE").contains(variable.getKey())) product.with(variable.getKey(), variable.getValue());
        }
        more.forEach(product::with);
        return product;
    }

    private Running start(Product product, Stream<String> arguments) throws Exception {
        var started = product.start(arguments.toArray(String[]::new));
        running.add(started);
        return started;
    }

    private static Stream<String> words(String text) { return Stream.of(text.split("\\s+")); }

    private static long merged(Ended master) {
        var totals = AGGREGATED.matcher(master.out() + master.err()).results().map(found -> Long.parseLong(found.group(1))).toList();
        assertThat(totals).as(master.out() + master.err()).isNotEmpty();
        return totals.getLast();
    }

    private static void allIsCounted(ShopServer server, Ended master, Running... workers) throws Exception {
        assertThat(master.exitCode()).as(master.err()).isZero();
        for (var worker : workers) {
            var ended = worker.await();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
        }
        assertThat(server.total()).isGreaterThan(40);
        assertThat(merged(master)).as("requests the master says, and those the server counted").isEqualTo(server.total());
    }

    /** What a user may add comes last and wins: here the port, as another master may listen on 5557 of this machine. */
    @Test void theArgumentsOfLocustK8sOperator() throws Exception {
        try (var server = new ShopServer()) {
            var product = image(Map.of());
            var seed = "--locustfile " + folder.resolve("Shop.java");
            var master = start(product, Stream.of(
                words(seed + " --host " + server.url() + " --users 4 --spawn-rate 4 --run-time 4s"),
                Stream.of("--master", "--master-port=5557", "--expect-workers=2", "--autostart", "--autoquit", "1", "--enable-rebalancing",
                    "--only-summary"),
                Stream.of("--master-bind-port=" + port)).flatMap(part -> part));
            var workers = new Running[2];
            for (int i = 0; i < workers.length; i++) {
                workers[i] = start(product, Stream.of(words(seed), Stream.of("--worker", "--master-port=5557", "--master-host=127.0.0.1"),
                    Stream.of("--master-port=" + port)).flatMap(part -> part));
            }
            allIsCounted(server, master.await(), workers);
        }
    }

    /** The operator gives the worker all that it gives the master, from the folder of the script. */
    @Test void theArgumentsOfTheOfficialOperator() throws Exception {
        try (var server = new ShopServer()) {
            var product = image(Map.of("LOCUST_MASTER_BIND_PORT", "" + port, "LOCUST_MASTER_NODE_PORT", "" + port));
            var args = "-f Shop.java -H " + server.url() + " --headless -u 4 -r 4 -t 4s --expect-workers 2 --only-summary";
            var master = start(product, Stream.concat(Stream.of("--master"), words(args)));
            var workers = new Running[2];
            for (int i = 0; i < workers.length; i++)
                workers[i] = start(product, Stream.concat(Stream.of("--worker", "--master-host", "127.0.0.1"), words(args)));
            allIsCounted(server, master.await(), workers);
        }
    }

    /** Gives a role's arguments as the chart passes them, with this machine's folder, host and port in their places. */
    private Stream<String> chart(String kind, String role, ShopServer server) throws Exception {
        var texts = new Chart().render("checkout", "Helm",
            Map.of("kind", kind, "host", server.url(), "users", "4", "spawnRate", "4", "runTime", "4s", "stopTimeout", "5",
                "script.file", "Shop.java", "token.secret", "ours"));
        Object spec = Chart.map(Chart.load(texts.get(role + ".yaml")).getFirst()).get("spec");
        for (var key : List.of("template", "spec")) spec = Chart.map(spec).get(key);
        var container = Chart.map(((List<?>) Chart.map(spec).get("containers")).getFirst());
        return ((List<?>) container.get("args")).stream().map(String::valueOf)
            .map(word -> word.replace("/katydid/scripts", folder.toString())
                .replace("/katydid/token", folder.toString()).replace("checkout-master", "127.0.0.1").replace("5557", "" + port));
    }

    @Test void theArgumentsOfTheChartsJobs() throws Exception {
        Files.writeString(folder.resolve("token"), "7c1fb2f1d0a94a0c8d3e6a5b4c3d2e1f\n");
        try (var server = new ShopServer()) {
            var master = start(image(Map.of()), chart("Job", "master", server));
            var workers = new Running[]{start(image(Map.of()), chart("Job", "worker", server)),
                start(image(Map.of()), chart("Job", "worker", server))};
            allIsCounted(server, master.await(), workers);
        }
    }

    /** A pod is moved, and then all are told to end: each ends by itself, and nothing that was asked is lost. */
    @Test void podsOfDeploymentsDrainOnSigterm() throws Exception {
        Files.writeString(folder.resolve("token"), "7c1fb2f1d0a94a0c8d3e6a5b4c3d2e1f\n");
        try (var server = new ShopServer()) {
            var master = start(image(Map.of()), chart("Deployment", "master", server));
            var moved = start(image(Map.of()), chart("Deployment", "worker", server));
            var stays = start(image(Map.of()), chart("Deployment", "worker", server));
            master.awaitText("All users spawned");
            awaitRequests(server, 40);
            moved.signal("TERM");
            var ended = moved.await();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.err()).contains("Got SIGTERM signal");
            // Its users are the other's now.
            awaitRequests(server, server.total() + 120);
            master.signal("TERM");
            allIsCounted(server, master.await(), stays);
        }
    }

    private void awaitRequests(ShopServer server, long count) throws Exception {
        long end = System.nanoTime() + 30_000_000_000L;
        while (server.total() < count) {
            assertThat(System.nanoTime()).as("the server counted " + server.total() + " of " + count + " requests in 30 s").isLessThan(end);
            running.getFirst().process().waitFor(20, TimeUnit.MILLISECONDS);
        }
    }
}
