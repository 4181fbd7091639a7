package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends runs by signals, starts them with little, and runs one from a program of its own. */
class EndsIT {
    private static final String KATYDID = Product.HOME.resolve("bin/katydid").toString();
    @TempDir Path folder;
    private Product product;

    @BeforeEach void prepare() throws Exception {
        product = new Product(folder);
        product.script("katydidfile.java", """
            import io.katydid.api.*;

            class Shop extends User {
                @Override protected WaitTime waitTime() { return constant(0.01); }

                @Task void call() { measure("T", "call", () -> {}); }

                @Listen static void stopped(io.katydid.api.event.TestStop event) { System.err.println("heard test_stop"); }
            }
            """);
    }

    private void assertReports(Product.Ended run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.requests()).isPositive();
        assertThat(run.err()).contains("Response time percentiles", "Aggregated", "Shutting down (exit code 0)");
        assertThat(folder.resolve("out_stats.csv")).content().contains("call").contains("Aggregated,").contains("," + run.requests() + ",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    @DisplayName("CL-117, CL-118")
    @Parity({"CL-117", "CL-118", "AC-8", "AC-21"}) void aSignalFinishesAllReports(String signal) throws Exception {
        var running = product.start("--headless", "--json", "--csv", "out");
        running.awaitText("Aggregated");
        running.signal(signal);
        var run = running.await();
        assertReports(run);
        assertThat(run.err()).containsOnlyOnce("heard test_stop");
        assertThat(run.err()).contains(signal.equals("INT") ? "Exiting due to CTRL+C interruption" : "Got SIGTERM signal");
    }

    @Test void aJobOfAShellIgnoresCtrlCAndIsEndedByTerm() throws Exception {
        var running = product.startCommand(List.of("sh", "-c", KATYDID + " --headless --json --csv out & echo $! > pid; wait $!"));
        running.awaitText("Aggregated");
        var pid = Files.readString(folder.resolve("pid")).strip();
        assertThat(Product.ignoresInterrupts(pid)).isTrue();
        kill("INT", pid);
        kill("TERM", pid);
        var run = running.await();
        assertReports(run);
        assertThat(run.err()).contains("Got SIGTERM signal").doesNotContain("CTRL+C interruption");
    }

    private static void kill(String signal, String pid) throws Exception {
        new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
    }

    @Test void aReaderThatLeavesEarlyHarmsNothing() throws Exception {
        var run = product.startCommand(List.of("sh", "-c",
            "(" + KATYDID + " --headless -t 3s --json --csv out 2>&1; echo $? > code) | head -n 1")).await();
        assertThat(run.out().lines()).singleElement().asString().contains("Starting Katydid");
        assertThat(folder.resolve("code")).content().isEqualToIgnoringNewLines("0");
        assertThat(folder.resolve("out_stats.csv")).content().containsPattern("\r\n,Aggregated,[1-9]\\d*,0,");
    }

    @Test
    @DisplayName("CL-111")
    @Parity("CL-111") void tooFewOpenFilesAreSaidBeforeTheFirstUser() throws Exception {
        var run = product.startCommand(List.of("sh", "-c", "ulimit -n 500; exec " + KATYDID + " --headless -t 1s")).await();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).containsSubsequence("System open file limit '500' is below minimum setting '10000'", "ulimit -n 10000",
            "Ramping to");
    }

    @Test
    @DisplayName("CL-112")
    @Parity("CL-112") void theRunTimeBeginsWithTheRampHoweverLongTheStartTakes() throws Exception {
        var script = product.script("Slow.java", Files.readString(folder.resolve("katydidfile.java")) + """

            class Slow {
                @Listen static void prepare(io.katydid.api.event.TestStart event) throws Exception {
                    Thread.sleep(1500); // sleeps on purpose: longer than the run time
                }
            }
            """);
        var run = product.run("-f", script.toString(), "--headless", "-t", "1s", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.requests()).as(run.err()).isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false}) void aProgramOfItsOwnRunsATest(boolean withFlags) throws Exception {
        try (var shop = new ShopServer()) {
            product.script("Shop.java", """
                import io.katydid.api.*;
                import io.katydid.http.*;
                import io.katydid.launcher.*;

                class Visitor extends HttpUser {
                    @Override protected WaitTime waitTime() { return constant(0.01); }

                    @Task void home() { client.get("/home"); }
                }

                void main(String[] arguments) throws Exception {
                    try (var environment = Katydid.environment(Visitor.class).host(arguments[0]).build(); var runner = environment.createLocalRunner()) {
                        environment.init();
                        runner.start(3, 10);
                        while (environment.stats().total().numRequests() < 100) Thread.onSpinWait();
                        runner.quit();
                        runner.join();
                        System.out.println(environment.stats().total().numRequests() + " " + environment.stats().total().numFailures());
                    }
                }
                """);
            var command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            if (withFlags) command.addAll(List.of("--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED"));
            command.addAll(
                List.of("-cp", Product.HOME.resolve("lib") + "/*:" + Product.HOME.resolve("bundles") + "/*", "Shop.java", shop.url()));
            var run = product.startCommand(command).await();
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out().strip()).isEqualTo(shop.count("GET /home") + " 0");
            assertThat(run.err()).contains("/INFO/katydid.runner: Ramping to 3 users").doesNotContain("DEBUG");
            var said = run.err().lines().filter(line -> line.contains("Users run on the JDK's default scheduler")).toList();
            assertThat(said).hasSize(withFlags ? 0 : 1).allMatch(line -> line.contains("--add-opens"));
        }
    }
}
