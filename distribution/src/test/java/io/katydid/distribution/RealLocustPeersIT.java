package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves the scripts that play Locust on a real one, Debian's 2.12.1: its master with their worker, its worker with their master. Debian's version is an empty text, which every
 * master refuses, so its worker is told a version first.
 */
class RealLocustPeersIT {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Pattern AGGREGATED = Pattern.compile("Aggregated\\s+(\\d+)\\s+(\\d+)\\(");
    private static final String USERS = """
        from locust import HttpUser, constant_pacing, task

        class Buyer(HttpUser):
            wait_time = constant_pacing(0.05)

            @task
            def buy(self):
                self.client.get("/Buyer")

        class Reader(HttpUser):
            wait_time = constant_pacing(0.05)

            @task
            def read(self):
                self.client.get("/Reader")
        """;

    @TempDir Path folder;

    @BeforeEach void requireBoth() throws Exception {
        LocustPeer.requireLibraries();
        var check = new ProcessBuilder(PYTHON.toString(), "-c", "import locust").redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        if (check.start().waitFor() != 0) abort(Peers.missing("python3-locust"));
        Files.writeString(folder.resolve("locustfile.py"), USERS);
    }

    /** Is a real Locust process, and what it logs. */
    private record Locust(Process process, Path log) implements AutoCloseable {
        String text() throws Exception { return Files.readString(log); }

        void awaitText(String text) throws Exception {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!text().contains(text)) {
                if (!process.isAlive() || System.nanoTime() > end)
                    throw new AssertionError("Locust did not say '" + text + "':\n" + text());
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
        }

        int exitCode() throws Exception {
            if (!process.waitFor(60, TimeUnit.SECONDS)) throw new AssertionError("Locust did not end:\n" + text());
            return process.exitValue();
        }

        @Override public void close() throws Exception {
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
        }
    }

    private Locust locust(String version, String... arguments) throws Exception {
        var starter = "import locust.runners; locust.runners.__version__ = '" + version + "'; from locust.main import main; main()";
        var command = new ArrayList<>(List.of(PYTHON.toString(), "-c", starter, "-f", folder.resolve("locustfile.py").toString()));
        command.addAll(List.of(arguments));
        var log = folder.resolve("locust.log");
        return new Locust(
            new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    }

    @ParameterizedTest
    @ValueSource(strings = {"locust", "boomer", "locust4j"}) void aRealMasterTakesTheWorker(String style) throws Exception {
        int port = Ports.free();
        try (var server = new ShopServer();
            var master = locust("", "--master", "--master-bind-host", "127.0.0.1", "--master-bind-port", "" + port, "--headless", "-u", "4",
                "-r", "2", "-t", "8s",
                "--expect-workers", "2", "--host", server.url(), "--exit-code-on-error", "7");
            var first = worker(port, "hostA_1", style);
            var second = worker(port, "hostB_2", style)) {
            assertThat(master.exitCode()).isZero();
            assertThat(List.of(first.exitCode(), second.exitCode())).containsOnly(0);
            assertThat(master.text())
                .contains("hostA_1 (index ", "reported as ready. 2 workers connected.",
                    "All users spawned: {\"Buyer\": 2, \"Reader\": 2} (4 total users)")
                .doesNotContain("Traceback", "running a different version");
            // Workers of 2.46 send their log, which 2.12 does not know.
            assertThat(master.text().lines().filter(line -> line.contains("Unknown message"))).allMatch(line -> line.endsWith(": logs"))
                .hasSize(style.equals("locust") ? 2 : 0);
            assertThat(first.messages("received", "ack")).hasSize(1);
            assertThat(first.messages("received", "spawn")).hasSize(2);
            assertThat(first.events("unreadable")).isEmpty();
            compareCounts(style, server, master.text());
        }
    }

    /** What a boomer or a locust4j had not reported yet when it was told to quit is lost, as it is with the real ones. */
    private static void compareCounts(String style, ShopServer server, String text) {
        var totals = AGGREGATED.matcher(text).results().map(found -> Long.parseLong(found.group(1))).toList();
        long theirs = totals.getLast();
        System.out.println("Locust's master says " + theirs + " requests of " + style + " workers, the server counted " + server.total());
        assertThat(server.total()).isGreaterThan(500);
        if (style.equals("locust")) assertThat(theirs).isEqualTo(server.total());
        else assertThat(theirs).isBetween(server.total() / 2, server.total());
    }

    private static LocustPeer worker(int port, String id, String style) throws Exception {
        return LocustPeer.worker(port, "--id", id, "--users", "Buyer,Reader", "--rate", "80", "--version", "-1", "--style", style);
    }

    @Test void aRealWorkerTakesTheMaster() throws Exception {
        try (var server = new ShopServer(); var master = LocustPeer.master("--style", "2.12")) {
            int port = master.await("listening").get("port").intValue();
            try (var worker = locust("2.46.1", "--worker", "--master-host", "127.0.0.1", "--master-port", "" + port)) {
                master.await("ready");
                assertThat(master.events("other_version")).extracting(each -> each.get("version").stringValue() + " " + each.get("warned"))
                    .containsExactly("2.46.1 false");
                master.tell("spawn", Map.of("classes", Map.of("Buyer", 2, "Reader", 2), "rate", 2, "host", server.url()));
                master.await("spawned", each -> each.get("user_count").intValue() == 4);
                master.await("received", 2, each -> each.get("type").stringValue().equals("stats") && !each.at("/data/stats").isEmpty());
                master.tell("stop");
                master.await("state", each -> each.get("state").stringValue().equals("stopped"));
                master.await("ready", 2, _ -> true);
                master.tell("quit");
                assertThat(worker.exitCode()).as(worker.text()).isZero();
                assertThat(worker.text()).contains("Got quit message from master, shutting down...").doesNotContain("Traceback",
                    "Unknown message", "Discard");
            }
            assertThat(master.exitCode()).isZero();
            long merged = master.await("stats").at("/total/num_requests").longValue();
            System.out.println("The script's master says " + merged + " requests of Locust's worker, the server counted " + server.total());
            // Locust kills its users in the middle of what they do: a request of each may have been answered and not logged.
            assertThat(merged).isGreaterThan(200).isBetween(server.total() - 4, server.total());
            assertThat(master.events("failed")).isEmpty();
        }
    }

    @Test void aRealWorkerOfDebianIsRefused() throws Exception {
        try (var master = LocustPeer.master();
            var worker = locust("", "--worker", "--master-host", "127.0.0.1", "--master-port",
                "" + master.await("listening").get("port").intValue())) {
            assertThat(master.await("refused").get("why").stringValue()).isEqualTo("An old (pre 2.0) worker tried to connect");
            assertThat(master.events("ready")).isEmpty();
            assertThat(worker.process().isAlive()).isTrue();
        }
    }
}
