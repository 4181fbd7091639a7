package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.distribution.Beside.Case;
import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the examples as they stand against a server that counts. */
class ExamplesIT {
    private static final Path SCRIPTS = Product.HOME.resolve("examples/scripts");

    @TempDir Path folder;

    @Test
    @Parity("SD-1") void combinationOneBrowses() throws Exception {
        try (var shop = new ShopServer()) {
            var run = run(shop, "BrowseUser.java", "--json");
            assertThat(run.requests()).isPositive().isEqualTo(shop.count("GET /api/products"));
        }
    }

    @Test
    @Parity({"SD-2", "UM-32"}) void combinationTwoRunsTheTaggedTaskOnly() throws Exception {
        try (var shop = new ShopServer()) {
            run(shop, "Buyer.java", "--tags", "pay");
            assertThat(shop.count("POST /orders")).isPositive();
            assertThat(shop.count("POST /orders/pay")).isZero();
        }
    }

    @Test
    @Parity({"SD-3", "AC-11"}) void combinationThreeFollowsTheShapeAndSaysWhenAllAreThere() throws Exception {
        try (var shop = new ShopServer()) {
            var product = new Product(folder);
            var running = product.start("-f", files("BrowseUser.java", "RampShape.java"), "-H", shop.url(), "--headless");
            running.awaitText("100 users are ready");
            running.signal("INT");
            assertThat(running.await().exitCode()).isZero();
            assertThat(shop.total()).isPositive();
        }
    }

    @Test void combinationFourAddsARouteWhereThereIsAConsole() throws Exception {
        try (var shop = new ShopServer()) {
            assertThat(run(shop, files("BrowseUser.java", "OpsPanel.java")).exitCode()).isZero();
        }
    }

    @Test void combinationFiveKeepsItsThroughput() throws Exception {
        try (var shop = new ShopServer()) {
            var run = run(shop, "MeasuredClient.java", "--json");
            assertThat(run.requests()).isBetween(5L, 40L);
            assertThat(run.json().get(0).get("name").asString()).isEqualTo("publish:/sensors");
        }
    }

    @Test void theFirstWholeScriptFollowsItsShapeUntilCtrlC() throws Exception {
        try (var shop = new ShopServer()) {
            var running = new Product(folder).start("-f", files("Shop.java"), "-H", shop.url(), "--headless");
            running.awaitText("Shape test updating to 100 users");
            while (shop.count("POST /login") == 0) Thread.onSpinWait();
            running.signal("INT");
            assertThat(running.await().exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"DoubleWave,20", "StepLoad,10", "StagesByClass,10"}) void aShapeBegins(String shape, int users) throws Exception {
        try (var shop = new ShopServer()) {
            var files = shape.equals("StagesByClass") ? files(shape + ".java") : files("BrowseUser.java", shape + ".java");
            var running = new Product(folder).start("-f", files, "-H", shop.url(), "--headless");
            running.awaitText("Shape test updating to " + users + " users");
            while (shop.total() == 0) Thread.onSpinWait();
            running.signal("INT");
            assertThat(running.await().exitCode()).isZero();
        }
    }

    @Test
    @Parity("RN-49") void aStageLastsFromItsLastUserOn() throws Exception {
        try (var shop = new ShopServer()) {
            var run = new Product(folder).run("-f", files("BrowseUser.java", "WaitForStage.java"), "-H", shop.url(), "--headless");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).containsSubsequence("Shape test updating to 4 users", "(4 total users)",
                "Shape test updating to 10 users",
                "(10 total users)", "Shape test stopping");
        }
    }

    @TestFactory
    @Parity({"SD-114", "SD-191"}) Stream<DynamicTest> eachScriptRunsAsItIs() throws Exception {
        var alone = List.of("CatchResponse", "CheckoutFlow", "Quickstart", "BlockingStub", "Rest", "NestedTaskSets", "TaskMap",
            "MarkovJourney",
            "WaitFunction", "Tagged", "FlowControl", "WaitForAllUsers", "CustomMessages", "UseAsLib", "DebugOneUser", "OnFail",
            "Transactions", "TotalPace", "FromFile");
        var beside = List.of("Tracing", "ContentLength", "StopOnThreshold", "CommandLineOptions");
        return Beside.run(2, Stream.concat(alone.stream().map(name -> new Case(name, () -> runs(name, name + ".java"))),
            beside.stream().map(name -> new Case(name, () -> runs(name, files("BrowseUser.java", name + ".java"))))).toArray(Case[]::new));
    }

    private void runs(String name, String file) throws Exception {
        try (var shop = new ShopServer()) {
            var custom = name.equals("CommandLineOptions") ? new String[]{"--my-argument", "hello", "--token", "x"} : new String[0];
            var run = run(Files.createDirectory(folder.resolve(name)), shop, file, custom);
            assertThat(run.exitCode()).as(run.err()).isZero();
            if (custom.length > 0) assertThat(run.out()).contains("Custom argument supplied: hello");
        }
    }

    private Product.Ended run(ShopServer shop, String file, String... more) throws Exception { return run(folder, shop, file, more); }

    private static Product.Ended run(Path folder, ShopServer shop, String file, String... more) throws Exception {
        var arguments = new ArrayList<>(
            List.of("-f", file.contains("/") ? file : files(file), "-H", shop.url(), "--headless", "-u", "2", "-r", "2", "-t", "2s"));
        arguments.addAll(List.of(more));
        return new Product(folder).run(arguments.toArray(String[]::new));
    }

    private static String files(String... names) {
        return String.join(",", Stream.of(names).map(name -> SCRIPTS.resolve(name).toString()).toList());
    }
}
