package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.cluster.ship.Depot;
import io.katydid.cluster.wire.CorruptMessage;
import io.katydid.cluster.wire.MasterSocket;
import io.katydid.cluster.wire.Security;
import io.katydid.cluster.wire.WireMessage;
import io.katydid.kernel.EnvironmentBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A worker's start gets the script from the master, or does not. */
class ArrivalTest {
    private static final String TOKEN = "the token of this test";
    private static final String VARIABLE = "KATYDID_CLUSTER_TOKEN";
    @TempDir Path folder;
    private Scene scene;

    @BeforeEach void open() {
        scene = new Scene(folder);
        scene.installed.all.clear();
    }

    /** Is a master's port that gives what the scene has. */
    private final class Master implements MasterSocket.Listener, AutoCloseable {
        private final MasterSocket socket;
        private final Depot depot;
        private final List<String> asked = new ArrayList<>();

        Master(Security security) {
            var declared = new Declared(new EnvironmentBuilder().events(), scene.place()).all();
            var options = OptionResolver.resolve(declared, CommandLine.parse(List.of("--master"), declared),
                Sources.read(scene.place(), Optional.empty(), _ -> {}));
            socket = MasterSocket.bind("127.0.0.1", 0, security, this);
            depot = new Depot(MasterGoods.of(scene, options, scene.place()),
                (id, type, data) -> socket.send(id, new WireMessage(type, data, id)));
        }

        @Override public void message(String clientId, WireMessage message) {
            asked.add(message.type());
            if (message.type().equals("locustfile")) depot.script(clientId, message.data());
            else depot.chunk(clientId, message.data());
        }

        @Override public void corrupt(String clientId, CorruptMessage why) {
            throw new AssertionError(why);
        }

        @Override public void broken(Exception why) {
            throw new AssertionError(why);
        }

        @Override public void close() {
            socket.close();
            depot.close();
        }
    }

    private int worker(int port, String... more) {
        // It lists its users and ends.
        var words = new ArrayList<>(List.of("--worker", "--list", "--master-port", Integer.toString(port)));
        words.addAll(List.of(more));
        return scene.run(words.toArray(String[]::new));
    }

    @Test void aWorkerWithTheTokenAndNoScriptGetsTheMasters() {
        scene.environment.put(VARIABLE, TOKEN);
        try (var master = new Master(Security.token(TOKEN))) {
            assertThat(worker(master.socket.port())).as(scene.err()).isZero();
            assertThat(scene.loaded).singleElement().satisfies(locator -> assertThat(Path.of(locator)).hasFileName("Shop.java")
                .startsWith(scene.place().cache()).hasContent("class Buyer extends User {}"));
            assertThat(scene.err()).contains(
                "The master at 127.0.0.1:" + master.socket.port() + " gives Shop.java: 1 sent with 27 bytes, 0 kept from before.")
                .doesNotContain("nothing proves");
            assertThat(worker(master.socket.port())).isZero();
            assertThat(scene.err()).contains("0 sent with 0 bytes, 1 kept from before.");
        }
    }

    @Test void theTokenMayBeInAFileThatOptionsOrVariablesName() throws Exception {
        Files.writeString(folder.resolve("token"), TOKEN + "\n");
        try (var master = new Master(Security.token(TOKEN))) {
            assertThat(worker(master.socket.port(), "--cluster-token-file=" + folder.resolve("token"))).as(scene.err()).isZero();
            scene.environment.put("KATYDID_CLUSTER_TOKEN_FILE", folder.resolve("token").toString());
            assertThat(worker(master.socket.port())).as(scene.err()).isZero();
            assertThat(master.asked).filteredOn(type -> type.equals("locustfile")).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test void aDashNeedsNoTokenAndIsWarnedOf() {
        try (var master = new Master(Security.open())) {
            assertThat(worker(master.socket.port(), "-f", "-")).as(scene.err()).isZero();
            assertThat(scene.loaded).singleElement().asString().endsWith("Shop.java");
            assertThat(scene.err()).contains("-f -: this worker runs whatever code the master at 127.0.0.1:" + master.socket.port()
                + " sends, and nothing proves whose master that is. Use it in a network that only the test is in, or give both a secret with"
                + " KATYDID_CLUSTER_TOKEN or --cluster-token-file.");
        }
    }

    @Test void whoeverHasAScriptOrIsNoWorkerAsksNobody() throws Exception {
        scene.environment.put(VARIABLE, TOKEN);
        assertThat(worker(9, "-f", "Mine.java")).isZero();
        assertThat(scene.loaded).containsExactly("Mine.java");
        assertThat(scene.run("--list")).isZero();
        assertThat(scene.loaded).isEmpty();
        scene.environment.remove(VARIABLE);
        Files.writeString(folder.resolve("katydidfile.java"), "");
        assertThat(worker(9)).isZero();
        assertThat(scene.loaded).isEmpty();
    }

    @Test void aWorkerThatItsMasterStartedAsksNobody() {
        scene.environment.put(VARIABLE, TOKEN);
        var arguments = Role.child(true);
        assertThat(arguments).containsExactly("-Dkatydid.child=true", "-Dkatydid.child.of.master=true");
        System.setProperty("katydid.child.of.master", "true");
        try {
            assertThat(worker(9)).isZero();
        } finally {
            System.clearProperty("katydid.child.of.master");
        }
        assertThat(scene.loaded).isEmpty();
        assertThat(Role.child(false)).containsExactly("-Dkatydid.child=true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                     | 1   | This worker has no script: there is no 'katydidfile.java' in
        -f a.java,-            | 2   | -f -: a worker runs the master's script, or others, but not both. Leave out - or the others: a.java, -.
        --master-port many     | 2   | --master-port: invalid int value: 'many'. Give a whole number.
        --cluster-token-file x | 1   | --cluster-token-file: 'x' cannot be read: x. Give a file that this user may read.
        --master               | 255 | The --master argument cannot be combined with --worker.
        """) void whatCannotBeIsSaid(String words, int code, String text) {
        assertThat(scene.run(("--worker " + words).strip().split(" "))).isEqualTo(code);
        assertThat(scene.err()).contains(text);
    }
}
