package io.katydid.cluster.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.cluster.wire.CorruptMessage;
import io.katydid.cluster.wire.Security;
import io.katydid.cluster.wire.WireMessage;
import io.katydid.cluster.wire.WorkerSocket;
import io.katydid.parity.Parity;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A worker gets what its master has. */
class DownloadTest {
    private static final Security TOKEN = Security.token("the token of this test");
    private static final String SCRIPT = "class Buyer extends User {}";
    @TempDir Path folder;

    private Download download(int port) { return download(port, TOKEN); }

    private Download download(int port, Security security) {
        return new Download("127.0.0.1", port, security, new Store(folder.resolve("cache")),
            new Download.Patience(Duration.ofMillis(100), Duration.ofSeconds(20), Duration.ofSeconds(20)));
    }

    private static Good script() { return new Good(Kind.SCRIPT, "0/Shop.java", new Good.Text(SCRIPT)); }

    private Good file(Kind kind, String name, int bytes) throws Exception {
        var content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        var path = folder.resolve("master").resolve(name);
        Files.createDirectories(path.getParent());
        return new Good(kind, name, new Good.OnDisk(Files.write(path, content)));
    }

    @Test void allComesOnceAndIsKept() throws Exception {
        int size = 3 * Shipping.CHUNK_BYTES + 17;
        var goods = List.of(script(), file(Kind.DATA, "data/people.csv", size), file(Kind.DATA, "copy.csv", size),
            file(Kind.DATA, "empty.txt", 0), file(Kind.PLUGIN, "shop.jar", Shipping.CHUNK_BYTES));
        try (var master = new Shop(TOKEN, () -> goods)) {
            var first = download(master.port()).run();
            assertThat(first.manifest().items()).extracting(Item::name).containsExactly("0/Shop.java", "data/people.csv", "copy.csv",
                "empty.txt", "shop.jar");
            assertThat(first.bytes()).isEqualTo(SCRIPT.length() + size + Shipping.CHUNK_BYTES);
            assertThat(first.sent()).isEqualTo(4);
            assertThat(master.pieces()).isEqualTo(1 + 4 + 1);
            var store = new Store(folder.resolve("cache"));
            for (var item : first.manifest().items())
                assertThat(store.find(item).orElseThrow()).hasSize(item.size());
            assertThat(store.find(first.manifest().items().get(1)).orElseThrow())
                .hasSameBinaryContentAs(folder.resolve("master/data/people.csv"));
            var second = download(master.port()).run();
            assertThat(second.bytes()).isZero();
            assertThat(second.sent()).isZero();
            assertThat(second.manifest()).isEqualTo(first.manifest());
            assertThat(master.pieces()).isEqualTo(6);
            assertThat(second.text("m:5557"))
                .isEqualTo("The master at m:5557 gives Shop.java, data/people.csv, copy.csv, empty.txt,"
                    + " shop.jar: 0 sent with 0 bytes, 5 kept from before.");
        }
    }

    @Test void aFileOfManyPiecesComesThoughEachPeerMayLeaveEightUnreadOnly() throws Exception {
        int pieces = 50;
        var goods = List.of(file(Kind.DATA, "large.bin", pieces * Shipping.CHUNK_BYTES));
        try (var master = new Shop(TOKEN, () -> goods)) {
            var delivery = download(master.port()).run();
            assertThat(delivery.bytes()).isEqualTo(pieces * Shipping.CHUNK_BYTES);
            assertThat(master.pieces()).as("none was asked for twice").isEqualTo(pieces);
        }
    }

    @Test void aHeartbeatIsAnsweredWhileFilesAreSent() throws Exception {
        int pieces = 60;
        var goods = List.of(file(Kind.DATA, "large.bin", pieces * Shipping.CHUNK_BYTES));
        var piecesAtTheAnswer = new CompletableFuture<Long>();
        try (var master = new Shop(TOKEN, () -> goods);
            var worker = WorkerSocket.connect("127.0.0.1", master.port(), "w_1", TOKEN,
                heard(() -> piecesAtTheAnswer.complete(master.pieces())))) {
            master.change = message -> {
                if (message.type().equals(Shipping.CHUNK) && master.pieces() > 10 && !piecesAtTheAnswer.isDone())
                    worker.send(new WireMessage("heartbeat", null, "w_1"));
                return message;
            };
            assertThat(download(master.port()).run().bytes()).isEqualTo(pieces * Shipping.CHUNK_BYTES);
            assertThat(piecesAtTheAnswer.get(20, TimeUnit.SECONDS)).as("pieces asked for until the first answer").isBetween(10L, 45L);
        }
    }

    private static WorkerSocket.Listener heard(Runnable first) {
        return new WorkerSocket.Listener() {
            @Override public void message(WireMessage message) {
                first.run();
            }

            @Override public void corrupt(CorruptMessage why) {
                throw new AssertionError(why);
            }

            @Override public void broken(Exception why) {
                throw new AssertionError(why);
            }
        };
    }

    @Test void anEditedScriptIsGivenAsItIsNow() {
        var goods = new ArrayList<>(List.of(script()));
        try (var master = new Shop(TOKEN, () -> goods)) {
            var first = download(master.port()).run();
            goods.set(0, new Good(Kind.SCRIPT, "0/Shop.java", new Good.Text(SCRIPT + "//")));
            var second = download(master.port()).run();
            assertThat(second.bytes()).isEqualTo(SCRIPT.length() + 2);
            assertThat(second.manifest().runName()).isNotEqualTo(first.manifest().runName());
        }
    }

    @Test
    @Parity("PR-28") void itAsksUnderAnotherNameAgainUntilItIsAnswered() {
        try (var master = new Shop(Security.open(), () -> List.of(script()))) {
            master.silent = 2;
            download(master.port(), Security.open()).run();
            assertThat(master.asked).filteredOn(message -> message.type().equals("locustfile")).hasSize(3)
                .allSatisfy(message -> assertThat(message.map()).containsEntry("version", Shipping.REFERENCE));
            assertThat(master.clients.getFirst()).matches(".+_download_locustfile_[0-9a-f]{32}");
            assertThat(Download.Patience.REFERENCE.again()).isEqualTo(Duration.ofSeconds(1));
            assertThat(Download.Patience.REFERENCE.master()).isEqualTo(Duration.ofSeconds(300));
        }
    }

    @Test void aMasterThatIsNotThereIsGivenUp() {
        var nobody = new Download("127.0.0.1", 9, Security.open(), new Store(folder),
            new Download.Patience(Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofSeconds(1)));
        assertThatThrownBy(nobody::run).isInstanceOf(KatydidException.class)
            .hasMessage(
                "The worker got no script: the master at 127.0.0.1:9 did not answer within 1 s. Start the master, give its address with"
                    + " --master-host and --master-port, or give the worker the script with -f.");
    }

    @Test void aFileThatIsNotWhatTheListSaysIsRefused() throws Exception {
        var goods = List.of(script(), file(Kind.DATA, "people.csv", 1000));
        try (var master = new Shop(TOKEN, () -> goods)) {
            master.change = message -> {
                if (!(message.data() instanceof Map<?, ?> map && map.get("bytes") instanceof byte[] bytes && bytes.length == 1000))
                    return message;
                var other = bytes.clone();
                other[500]++;
                return Shop.with(message, "bytes", other);
            };
            assertThatThrownBy(() -> download(master.port()).run()).isInstanceOf(KatydidException.class)
                .hasMessageContaining("The file 'people.csv' is not what the master's list says: its SHA-256 is not ")
                .hasMessageContaining("It came 3 times from the master at 127.0.0.1:" + master.port() + ", and is refused.");
            try (var kept = Files.list(folder.resolve("cache/files"))) {
                assertThat(kept).as("only the script is kept").hasSize(1);
            }
        }
    }

    @Test void aKeptFileThatSomebodyChangedComesAgain() throws Exception {
        try (var master = new Shop(TOKEN, () -> List.of(script()))) {
            var item = download(master.port()).run().manifest().items().getFirst();
            var kept = new Store(folder.resolve("cache")).find(item).orElseThrow();
            Files.writeString(kept, SCRIPT.replace("Buyer", "Thief"));
            assertThat(download(master.port()).run().sent()).isEqualTo(1);
            assertThat(kept).hasContent(SCRIPT);
        }
    }

    @Test void aFileThatChangesOnTheWayIsListedAnew() throws Exception {
        var good = file(Kind.DATA, "people.csv", 1000);
        var edited = new AtomicBoolean();
        try (var master = new Shop(TOKEN, () -> List.of(good))) {
            master.change = message -> {
                if (message.type().equals(Shipping.FILES) && !edited.getAndSet(true)) {
                    try {
                        file(Kind.DATA, "people.csv", 999);
                    } catch (Exception failed) {
                        throw new AssertionError(failed);
                    }
                }
                return message;
            };
            var delivery = download(master.port()).run();
            assertThat(delivery.manifest().items().getFirst().size()).isEqualTo(999);
        }
    }

    @Test void aFileOverTheLimitIsRefusedByTheMaster() throws Exception {
        Files.createDirectories(folder.resolve("master"));
        var large = folder.resolve("master/large.bin");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(Shipping.FILE_BYTES + 1);
        }
        try (var master = new Shop(TOKEN, () -> List.of(new Good(Kind.DATA, "large.bin", new Good.OnDisk(large))))) {
            assertThatThrownBy(() -> download(master.port()).run()).isInstanceOf(KatydidException.class)
                .hasMessageContaining("The file 'large.bin' is not shipped: it has 268435457 bytes, and at most 268435456 are taken.");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        name   | ../evil.csv     | its name leads out of the folder
        name   | /etc/evil.csv   | its name begins or ends with a slash
        name   | .bashrc         | begins with a dot
        size   | 268435457       | it has 268435457 bytes, and at most 268435456 are taken
        size   | -1              | it has -1 bytes
        sha256 | ../../evil      | its hash is no SHA-256
        kind   | program         | of the kind 'program', which this worker does not know
        """) void aListThatMeansHarmIsRefusedByTheWorker(String key, String value, String why) throws Exception {
        var good = file(Kind.DATA, "people.csv", 10);
        try (var master = new Shop(TOKEN, () -> List.of(good))) {
            master.change = message -> {
                if (!message.type().equals(Shipping.FILES)) return message;
                var file = (Map<?, ?>) ((List<?>) ((Map<?, ?>) message.data()).get("files")).getFirst();
                var changed = Shop.with(new WireMessage("", file, ""), key, key.equals("size") ? Long.valueOf(value) : value);
                return Shop.with(message, "files", List.of(changed.data()));
            };
            assertThatThrownBy(() -> download(master.port()).run()).isInstanceOf(KatydidException.class).hasMessageContaining(why);
            assertThat(master.pieces()).isZero();
            assertThat(folder.resolve("cache/files")).doesNotExist();
        }
    }

    @Test
    @Parity("PR-48") void theReferencesAnswerIsTaken() {
        var files = List.of(Map.of("filename", "Shop.java", "contents", SCRIPT), "http://127.0.0.1/Other.java");
        try (var master = new Shop(Security.open(), () -> List.of(script()))) {
            master.change = message -> new WireMessage("locustfile", Map.of("locustfiles", files), message.nodeId());
            var delivery = download(master.port(), Security.open()).run();
            assertThat(delivery.manifest().items()).extracting(Item::name).containsExactly("0/Shop.java");
            assertThat(delivery.addresses()).containsExactly("http://127.0.0.1/Other.java");
            assertThat(new Store(folder.resolve("cache")).find(delivery.manifest().items().getFirst()).orElseThrow()).hasContent(SCRIPT);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        locustfile.py    | The script 'locustfile.py' of the master at 127.0.0.1:PORT is none in Java, and this worker runs no other.
        ../../Evil.java  | The file '0/../../Evil.java' is not shipped: its name leads out of the folder.
        """) void aScriptThatIsNoneIsRefused(String name, String why) {
        try (var master = new Shop(Security.open(), () -> List.of(script()))) {
            master.change = message -> new WireMessage("locustfile",
                Map.of("locustfiles", List.of(Map.of("filename", name, "contents", "x"))), message.nodeId());
            assertThatThrownBy(() -> download(master.port(), Security.open()).run())
                .hasMessageContaining(why.replace("PORT", Integer.toString(master.port())));
        }
    }

    @Test
    @Parity("PR-48") void theReferencesErrorIsSaid() {
        try (var master = new Shop(Security.open(), () -> List.of(script()))) {
            master.change = message -> new WireMessage("locustfile", Map.of("error", "no such file."), message.nodeId());
            assertThatThrownBy(() -> download(master.port(), Security.open()).run())
                .hasMessage("At the master at 127.0.0.1:" + master.port()
                    + " there is no script to be had: no such file. Give this worker the script with -f.");
        }
    }
}
