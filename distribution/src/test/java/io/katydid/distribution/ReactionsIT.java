package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs scripts that react to failed requests and counts at a server what the users still did. */
class ReactionsIT {
    private static final String USERS = """
        import io.katydid.api.*;
        import io.katydid.api.event.*;
        import io.katydid.http.*;
        import io.katydid.reactions.*;

        class Buyer extends HttpUser {
            @Override protected WaitTime waitTime() { return constant(0.01); }

            @Task class Visit extends TaskSet {
                @Override protected void onStart() { client.get("/enter"); }

                @Task void buy() {
                    client.post("/not/exist");
                    client.post("/pay");
                }
            }
        }

        class Rules {
            @Listen static void onInit(Init event) { %s; }
        }
        """;

    @TempDir Path folder;

    private Product.Ended run(ShopServer server, String source, String... more) throws Exception {
        var product = new Product(folder);
        var words = new ArrayList<>(List.of("-f", product.script("Rules.java", source).toString(), "-H", server.url(), "--headless", "-u",
            "5", "-r", "100"));
        words.addAll(List.of(more));
        return product.run(words.toArray(String[]::new));
    }

    @Test
    @Parity("LP-2") void theExampleHearsOfEachFailureAndLeavesTheTask() throws Exception {
        var source = Files.readString(Modules.ROOT.resolve("examples/scripts/OnFail.java"));
        assertThat(source).contains("\"/cart\"", "constant(0.5)");
        try (var server = new ShopServer()) {
            var run = run(server, source.replace("/cart", "/not/exist").replace("constant(0.5)", "constant(0.01)"), "-t", "2s");
            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            assertThat(server.count("POST /not/exist")).isGreaterThan(20);
            assertThat(server.count("POST /pay")).as("behind a failure").isZero();
            assertThat(run.err().lines().filter(line -> line.equals("/not/exist failed"))).hasSize((int) server.count("POST /not/exist"));
        }
    }

    @Test
    @Parity("LP-2") void rescheduleStaysInTheTaskSetAndInterruptLeavesIt() throws Exception {
        try (var staying = new ShopServer(); var leaving = new ShopServer()) {
            run(staying, USERS.formatted("RescheduleTaskOnFail.on(event.environment())"), "-t", "2s");
            assertThat(staying.count("POST /not/exist")).isGreaterThan(20);
            assertThat(staying.count("GET /enter")).as("once for each user").isEqualTo(5);
            assertThat(staying.count("POST /pay")).isZero();

            run(leaving, USERS.formatted("InterruptTaskOnFail.on(event.environment())"), "-t", "2s");
            assertThat(leaving.count("GET /enter")).as("anew after each failure; the end may be in between").isBetween(
                leaving.count("POST /not/exist"), leaving.count("POST /not/exist") + 5);
            assertThat(leaving.count("POST /not/exist")).isGreaterThan(20);
            assertThat(leaving.count("POST /pay")).isZero();
        }
    }

    @Test
    @Parity("LP-2") void stopEndsEachUserAfterItsFirstFailure() throws Exception {
        try (var server = new ShopServer()) {
            run(server, USERS.formatted("StopUserOnFail.on(event.environment())"), "-t", "2s");
            assertThat(server.count("POST /not/exist")).isEqualTo(5);
            assertThat(server.total()).isEqualTo(10);
        }
    }

    @Test
    @Parity("LP-2") void exitQuitsWithItsCode() throws Exception {
        try (var server = new ShopServer()) {
            var run = run(server, USERS.formatted("ExitOnFail.on(event.environment())"), "--exit-code-on-error", "0");
            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            assertThat(run.err()).contains("POST /not/exist failed (").contains("): quitting");
            assertThat(server.count("POST /not/exist")).isPositive();
        }
    }

    @Test
    @Parity("LP-2") void codeRunsAfterAnExceptionOfATask() throws Exception {
        var source = USERS
            .formatted("RunOnUserError.on(event.environment(), error -> System.err.println(\"heard \" + error.exception().getMessage()))")
            .replace("client.post(\"/pay\")", "throw new IllegalStateException(\"no money\")");
        try (var server = new ShopServer()) {
            var run = run(server, source, "-t", "2s");
            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            assertThat(run.err().lines().filter(line -> line.equals("heard no money")).count()).isBetween(
                server.count("POST /not/exist") - 5, server.count("POST /not/exist")).isGreaterThan(20);
        }
    }
}
