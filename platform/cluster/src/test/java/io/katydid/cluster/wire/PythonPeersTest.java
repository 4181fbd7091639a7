package io.katydid.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connects this module's sockets with those of the reference's own libraries: libzmq and C msgpack, by Python. */
class PythonPeersTest {
    private static final String TOKEN = "a cluster token of 2026-11-26";
    private final Heard heard = new Heard();
    private final List<Process> started = new ArrayList<>();

    private Process start(String script, Object... arguments) throws IOException {
        var process = Python.start(script, arguments);
        started.add(process);
        return process;
    }

    @AfterEach void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    @Parity({"PR-1", "PR-3", "PR-7"}) void aWorkerOfTheReferencesLibrariesTalksToTheMaster() throws Exception {
        master(Security.open());
    }

    @Test
    @Parity({"PR-1", "PR-3", "PR-7"}) void aMasterOfTheReferencesLibrariesTalksToTheWorker() throws Exception {
        worker(Security.open());
    }

    @Test void anotherImplementationOfTheTokenIsLetInAsAWorker() throws Exception {
        master(Security.token(TOKEN), TOKEN);
    }

    @Test void anotherImplementationOfTheTokenIsAMaster() throws Exception {
        worker(Security.token(TOKEN), TOKEN);
    }

    private void master(Security security, Object... token) throws Exception {
        try (var master = MasterSocket.bind("*", 0, security, heard)) {
            var arguments = new ArrayList<Object>(List.of(master.port(), "pyhost_0123"));
            arguments.addAll(List.of(token));
            var python = start("dealer.py", arguments.toArray());
            heard.await(1);
            assertThat(heard.messages)
                .containsExactly(new Heard.Message("pyhost_0123", new WireMessage("client_ready", "2.46.3", "pyhost_0123")));
            var messages = new RandomMessages(new Random(7));
            for (int i = 0; i < 300; i++) {
                var message = new WireMessage("n", messages.next().data(), "pyhost_0123");
                master.send("pyhost_0123", message);
                heard.await(i + 2);
                assertThat(heard.messages.get(i + 1).message()).usingRecursiveComparison()
                    .isEqualTo(new WireMessage("again", message.data(),
                        "pyhost_0123"));
            }
            master.send("pyhost_0123", new WireMessage("quit", null, "pyhost_0123"));
            assertThat(python.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(lines(python)).hasSize(301).endsWith("quit pyhost_0123");
        }
        assertThat(heard.corrupt).isEmpty();
        assertThat(heard.broken).isEmpty();
    }

    private void worker(Security security, Object... token) throws Exception {
        var python = start("router.py", token);
        var out = python.inputReader();
        int port = Integer.parseInt(out.readLine());
        try (var worker = WorkerSocket.connect("127.0.0.1", port, "jhost_ä", security, heard)) {
            greet(worker);
            assertThat(heard.messages.getFirst().message().map()).containsEntry("index", 0L);
            var messages = new RandomMessages(new Random(8));
            for (int i = 0; i < 300; i++) {
                var message = new WireMessage("n", messages.next().data(), "jhost_ä");
                worker.send(message);
                heard.await(i + 2);
                assertThat(heard.messages.get(i + 1).message()).usingRecursiveComparison()
                    .isEqualTo(new WireMessage("again", message.data(), "jhost_ä"));
            }
            // What is sent right before the end arrives.
            worker.send(new WireMessage("quit", null, "jhost_ä"));
        }
        assertThat(python.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(out.lines().toList()).hasSize(302).startsWith("client_ready jhost_ä jhost_ä").endsWith("quit jhost_ä jhost_ä");
        assertThat(heard.corrupt).isEmpty();
        assertThat(heard.broken).isEmpty();
    }

    /** A router that still has a connection under this name hears none of the next one, so workers greet over a new one again. */
    private void greet(WorkerSocket worker) {
        for (int greeting = 0; greeting < 3 && heard.messages.isEmpty(); greeting++) {
            if (greeting > 0) worker.reconnect();
            worker.send(new WireMessage("client_ready", "2.46.3", "jhost_ä"));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
            while (heard.messages.isEmpty() && System.nanoTime() < end) LockSupport.parkNanos(1_000_000);
        }
        heard.await(1);
    }

    private static List<String> lines(Process python) throws IOException {
        try (BufferedReader out = python.inputReader()) {
            return out.lines().toList();
        }
    }
}
