package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.cluster.wire.CorruptMessage;
import io.katydid.cluster.wire.MasterSocket;
import io.katydid.cluster.wire.Security;
import io.katydid.cluster.wire.WireMessage;
import io.katydid.parity.Parity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts workers that have the distribution and a token only: the rest comes from their master, and from nobody else. */
class ShippingIT {
    private static final String TOKEN = "0123456789abcdef-of-the-test";
    private static final String VARIABLE = "KATYDID_CLUSTER_TOKEN";
    private static final Pattern MADE = Pattern.compile("made (\\d+) requests");
    private static final String SCRIPT = """
        import module java.base;
        import io.katydid.api.*;
        import io.katydid.api.event.*;
        import shop.Discount;

        class Buyer extends User {
            static final LongAdder MADE = new LongAdder();
            static String people() {
                try {
                    return Files.readString(Path.of("data/people.csv")).strip();
                } catch (IOException missing) {
                    throw new UncheckedIOException(missing);
                }
            }
            @Override protected WaitTime waitTime() { return constant(0.01); }
            @Task void buy() { measure("T", people() + " " + Discount.PERCENT, MADE::increment); }
            @Listen static void end(Quitting event) { System.err.println("made " + MADE + " requests"); }
        }
        """;
    private static final String SIMPLE = """
        import io.katydid.api.*;

        class Buyer extends User {
            @Override protected WaitTime waitTime() { return constant(0.01); }
            @Task void buy() { measure("T", "simple", () -> {}); }
        }
        """;
    @TempDir Path folder;
    private Path masterFolder;
    private Path workerFolder;
    private int port;

    @BeforeEach void folders() throws IOException {
        masterFolder = Files.createDirectory(folder.resolve("master"));
        workerFolder = Files.createDirectory(folder.resolve("worker"));
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    private Product.Running master(Product product, String script, String... more) throws IOException {
        product.script("Shop.java", script);
        var words = new ArrayList<>(List.of("-f", "Shop.java", "--master", "--master-bind-host", "127.0.0.1", "--master-bind-port",
            Integer.toString(port), "--headless", "-u", "4", "-r", "100", "-t", "2s", "--json"));
        words.addAll(List.of(more));
        return product.start(words.toArray(String[]::new));
    }

    private Product worker() { return new Product(workerFolder).with(VARIABLE, TOKEN); }

    private Product.Running start(Product worker, String... more) throws IOException {
        var words = new ArrayList<>(List.of("--worker", "--master-port", Integer.toString(port)));
        words.addAll(List.of(more));
        return worker.start(words.toArray(String[]::new));
    }

    private static void bothEnded(Product.Ended worker, Product.Ended master) {
        assertThat(worker.exitCode()).as(worker.err()).isZero();
        assertThat(master.exitCode()).as(master.err()).isZero();
        assertThat(master.requests()).isGreaterThan(100);
        assertThat(master.failures()).isZero();
    }

    @Test void aWorkerNeedsTheDistributionAndTheTokenOnly() throws Exception {
        var product = Product.installedIn(masterFolder).with(VARIABLE, TOKEN);
        var jar = new PluginJar(folder).source("shop.Discount", "package shop; public class Discount { public static int PERCENT = 17; }")
            .drop(product.home().resolve("plugins"), "shop.jar");
        var people = Files.writeString(Files.createDirectory(masterFolder.resolve("data")).resolve("people.csv"), "Anna");
        long bytes = Files.size(jar) + Files.size(people) + SCRIPT.length();
        for (var kept : List.of("3 sent with " + bytes + " bytes, 0 kept from before.", "0 sent with 0 bytes, 3 kept from before.")) {
            try (var master = new Stopped(master(product, SCRIPT, "--ship", "data"))) {
                var worker = start(worker()).await();
                bothEnded(worker, master.run().await());
                var ended = master.run().await();
                assertThat(worker.err())
                    .contains("The master at 127.0.0.1:" + port + " gives Shop.java, shop.jar, data/people.csv: "
                        + kept);
                assertThat(ended.out()).contains("\"Anna 17\"");
                assertThat(ended.err()).doesNotContain("is open to everybody");
                var made = MADE.matcher(worker.err());
                assertThat(made.find()).as(worker.err()).isTrue();
                assertThat(ended.requests()).isEqualTo(Long.parseLong(made.group(1)));
            }
        }
        assertThat(workerFolder.resolve("data/people.csv")).hasContent("Anna");
        assertThat(workerFolder.resolve("Shop.java")).doesNotExist();
    }

    @Test void anotherTokenIsRefusedAndBothSidesSayIt() throws Exception {
        try (var master = new Stopped(master(new Product(masterFolder).with(VARIABLE, TOKEN), SIMPLE));
            var worker = new Stopped(start(worker().with(VARIABLE, TOKEN + " of somebody else")))) {
            master.run().awaitText("A node was refused: its cluster token is another than this master's. Start it with the same.");
            worker.run()
                .awaitText("The master at 127.0.0.1:" + port + " ended the connection before it said a word: its cluster token is another");
            assertThat(workerFolder.resolve("cache/shipped/files")).doesNotExist();
        }
    }

    @Test void withoutTokenAndScriptAWorkerSaysWhatToDo() throws Exception {
        var ended = start(new Product(workerFolder)).await();
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).isEqualTo("katydid: This worker has no script: there is no 'katydidfile.java' in " + workerFolder
            + ", no -f was given, and without a cluster token it takes none from the master at 127.0.0.1:" + port
            + ". Give it the token of its master with KATYDID_CLUSTER_TOKEN or --cluster-token-file, a script with -f FILE, or -f - to run what"
            + " that master sends without proof of whose it is.\n");
    }

    @Test
    @Parity({"CL-94", "AC-29"}) void aDashRunsWhateverTheMasterSendsAndSaysSo() throws Exception {
        try (var master = new Stopped(master(new Product(masterFolder), SIMPLE))) {
            var worker = start(new Product(workerFolder), "-f", "-").await();
            var ended = master.run().await();
            bothEnded(worker, ended);
            assertThat(worker.err()).contains("-f -: this worker runs whatever code the master at 127.0.0.1:" + port
                + " sends, and nothing proves whose master that is.");
            assertThat(ended.err()).contains("The master's port " + port
                + " is open to everybody who reaches it at 127.0.0.1: who does can join"
                + " as a worker, read the script and falsify the figures. Keep it in a network that only the test is in, or give master and"
                + " workers a secret with KATYDID_CLUSTER_TOKEN or --cluster-token-file.");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        people.csv    | 5         | Annb | The file 'people.csv' is not what the master's list says: its SHA-256 is not
        people.csv    | 268435457 | Anna | it has 268435457 bytes, and at most 268435456 are taken. Make it smaller
        ../people.csv | 5         | Anna | The file '../people.csv' is not shipped: its name leads out of the folder.
        """) void whatAMasterMayNotSendIsRefused(String name, long size, String content, String why) throws Exception {
        var hash = "46a2195a6cd9b2a1d8a6ddb2fb0b1a1a8e8d6b8b9b1d9f2e3a0c1a5b2b1a0c11";
        var file = Map.<String, Object>of("kind", "data", "name", name, "size", size, "sha256", hash);
        try (var _ = new LyingMaster(Security.token(TOKEN), port, file, (content + "\n").getBytes(StandardCharsets.UTF_8))) {
            var ended = start(worker()).await();
            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
            assertThat(ended.err()).contains(why);
            try (var files = Files.walk(folder)) {
                assertThat(files.filter(path -> path.endsWith("people.csv"))).isEmpty();
            }
        }
    }

    @Test
    @Parity({"PR-48", "CL-94"}) void aMasterOfTheReferenceGivesItsScriptToo() throws Exception {
        var script = Files.writeString(masterFolder.resolve("Shop.java"), SIMPLE);
        try (var master = LocustPeer.master("--locustfile", script.toString())) {
            port = master.await("listening").get("port").intValue();
            try (var worker = new Stopped(start(new Product(workerFolder), "-f", "-"))) {
                var asked = master.await("received", each -> each.get("type").stringValue().equals("locustfile"));
                assertThat(asked.get("id").stringValue()).matches(".+_download_locustfile_[0-9a-f]{32}");
                assertThat(asked.at("/data/version").isString()).isTrue();
                master.await("ready");
                master.tell("spawn", Map.of("classes", Map.of("Buyer", 2), "rate", 2));
                master.await("spawned", each -> each.get("user_count").intValue() == 2);
                master.tell("quit");
                assertThat(worker.run().await().exitCode()).isZero();
            }
            assertThat(master.await("stats").at("/total/num_requests").longValue()).isPositive();
        }
    }

    @Test void workersThatAreStartedHereNeedNothingShipped() throws Exception {
        var product = new Product(masterFolder).with(VARIABLE, TOKEN);
        product.script("katydidfile.java", SIMPLE);
        var ended = product.run("--processes", "2", "--master-bind-host", "127.0.0.1", "--master-bind-port", Integer.toString(port),
            "--headless", "-u", "4", "-r", "100", "-t", "2s", "--json");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.requests()).isGreaterThan(100);
        assertThat(masterFolder.resolve("cache/shipped")).doesNotExist();
    }

    @Test void aScriptOfStandardInputReachesTheWorkersThatAreStartedHere() throws Exception {
        var ended = new Product(masterFolder).input(SIMPLE).run("-f", "-", "--processes", "2", "--master-bind-host", "127.0.0.1",
            "--master-bind-port", Integer.toString(port), "--headless", "-u", "4", "-r", "100", "-t", "2s", "--json");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.requests()).isGreaterThan(100);
        assertThat(ended.err()).doesNotContain("nothing proves");
    }

    @Test void severalWorkersThatAreStartedTogetherGetTheScript() throws Exception {
        var product = new Product(masterFolder).with(VARIABLE, TOKEN);
        try (var master = new Stopped(master(product, SIMPLE, "--expect-workers", "2"))) {
            var workers = start(worker(), "--processes", "2").await();
            bothEnded(workers, master.run().await());
        }
    }

    @Test void whatCannotBeShippedIsSaidAtTheStart() throws Exception {
        var outside = Files.writeString(folder.resolve("secret.txt"), "x");
        Files.createSymbolicLink(masterFolder.resolve("link.txt"), outside);
        Files.writeString(masterFolder.resolve("katydid.conf"), "");
        for (var wrong : Map.of("../secret.txt", "--ship: '../secret.txt' is not below the working folder", "nowhere.csv",
            "--ship: there is no 'nowhere.csv' (looked for ", "link.txt",
            "--ship: 'link.txt' is a link that leads out of the working folder",
            "katydid.conf", "--ship: 'katydid.conf' cannot be shipped: Katydid itself reads a file of this name.").entrySet()) {
            var ended = master(new Product(masterFolder).with(VARIABLE, TOKEN), SIMPLE, "--ship", wrong.getKey()).await();
            assertThat(ended.exitCode()).isEqualTo(2);
            assertThat(ended.err()).contains(wrong.getValue());
        }
    }

    /** Ends a run with its test. */
    private record Stopped(Product.Running run) implements AutoCloseable {
        @Override public void close() throws Exception {
            run.process().destroy();
            run.process().waitFor();
        }
    }

    /** Has a list of one file, and answers each piece with the same bytes. */
    private static final class LyingMaster implements MasterSocket.Listener, AutoCloseable {
        private final Map<String, Object> file;
        private final byte[] content;
        private final MasterSocket socket;

        LyingMaster(Security security, int port, Map<String, Object> file, byte[] content) {
            this.file = file;
            this.content = content;
            socket = MasterSocket.bind("127.0.0.1", port, security, this);
        }

        @Override public void message(String clientId, WireMessage message) {
            var answer = message.type().equals("locustfile")
                ? new WireMessage("katydid_files", Map.of("files", List.of(file)), clientId)
                : new WireMessage("katydid_chunk",
                    Map.of("sha256", file.get("sha256"), "offset", 0L, "bytes", content), clientId);
            socket.send(clientId, answer);
        }

        @Override public void corrupt(String clientId, CorruptMessage why) {
            throw new AssertionError(why);
        }

        @Override public void broken(Exception why) {
            throw new AssertionError(why);
        }

        @Override public void close() {
            socket.close();
        }
    }
}
