package io.katydid.cluster.wire;

import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.katydid.cluster.LogLines;
import ch.qos.logback.classic.Level;
import io.katydid.api.KatydidException;
import io.katydid.parity.Parity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connects a master and workers of this module over loopback. */
class SocketsTest {
    private static final Security OPEN = Security.open();
    private final Heard master = new Heard();
    private final Heard worker = new Heard();
    private final List<AutoCloseable> closed = new java.util.ArrayList<>();

    private <T extends AutoCloseable> T closed(T socket) {
        closed.add(socket);
        return socket;
    }

    private MasterSocket bind() {
        return closed(MasterSocket.bind("127.0.0.1", 0, OPEN, master));
    }

    private WorkerSocket connect(int port, String id) {
        return closed(WorkerSocket.connect("127.0.0.1", port, id, OPEN, worker));
    }

    private static WireMessage message(String type, Object data) { return new WireMessage(type, data, "w_1"); }

    @AfterEach void closeAll() throws Exception {
        for (var socket : closed.reversed()) socket.close();
    }

    @Test
    @Parity({"PR-1", "PR-3", "PR-7"}) void messagesGoBothWaysUnderTheClientId() {
        var bound = bind();
        var connected = connect(bound.port(), "w_ä1");
        connected.send(new WireMessage("client_ready", "2.46.3", "w_ä1"));
        master.await(1);
        assertThat(master.messages).containsExactly(new Heard.Message("w_ä1", new WireMessage("client_ready", "2.46.3", "w_ä1")));
        bound.send("w_ä1", new WireMessage("ack", Map.of("index", 0), "w_ä1"));
        worker.await(1);
        assertThat(worker.messages).containsExactly(new Heard.Message("", new WireMessage("ack", Map.of("index", 0L), "w_ä1")));
        assertThat(master.corrupt).isEmpty();
        assertThat(worker.corrupt).isEmpty();
    }

    @Test void manyMessagesKeepTheirOrderBothWays() {
        var bound = bind();
        var connected = connect(bound.port(), "w_1");
        connected.send(message("client_ready", -1));
        master.await(1);
        for (int i = 0; i < 5_000; i++) connected.send(message("n", i));
        master.await(5_001);
        assertThat(master.messages.subList(1, 5_001)).extracting(heard -> heard.message().data()).isEqualTo(range(0, 5_000)
            .mapToObj(Long::valueOf).toList());
        for (int i = 0; i < 900; i++) bound.send("w_1", message("n", i));
        worker.await(900);
        assertThat(worker.messages).extracting(heard -> heard.message().data()).isEqualTo(range(0, 900).mapToObj(Long::valueOf).toList());
    }

    @Test void aWorkerMayBeThereBeforeItsMaster() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var connected = connect(port, "w_1");
        connected.send(message("client_ready", -1));
        closed(MasterSocket.bind("127.0.0.1", port, OPEN, master));
        master.await(1);
        assertThat(master.types()).containsExactly("client_ready");
    }

    @Test void aNameOfTwoAddressesAndAllAddressesWork() {
        var all = closed(MasterSocket.bind("*", 0, OPEN, master));
        var connected = closed(WorkerSocket.connect("localhost", all.port(), "w_1", OPEN, worker));
        connected.send(message("client_ready", -1));
        master.await(1);
        var named = closed(MasterSocket.bind("localhost", 0, OPEN, master));
        closed(WorkerSocket.connect("127.0.0.1", named.port(), "w_2", OPEN, worker)).send(message("client_ready", -1));
        master.await(2);
        assertThat(master.clients()).containsExactly("w_1", "w_2");
    }

    @Test
    @Parity("PR-2") void theSocketsHaveTheReferencesOptions() {
        var zero = new ZeroMq(() -> {});
        try {
            var four = zero.socket(org.zeromq.SocketType.DEALER, false);
            assertThat(four.getTCPKeepAlive()).isEqualTo(1);
            assertThat(four.getTCPKeepAliveIdle()).isEqualTo(30);
            assertThat(four.isIPv6()).isFalse();
            assertThat(zero.socket(org.zeromq.SocketType.ROUTER, true).isIPv6()).isTrue();
        } finally {
            zero.close();
        }
    }

    @Test void aBusyPortIsSaid() {
        int port = bind().port();
        assertThatThrownBy(() -> MasterSocket.bind("127.0.0.1", port, OPEN, master)).isInstanceOf(KatydidException.class).hasMessage(
            "The Katydid master port (" + port
                + ") was busy. Close any other program that uses it, perhaps an old master, or choose another"
                + " port with --master-bind-port.");
        assertThatThrownBy(() -> MasterSocket.bind("*", port, OPEN, master)).isInstanceOf(KatydidException.class)
            .hasMessageStartingWith("The Katydid master port (" + port + ") was busy.");
    }

    @Test void anAddressOfAnotherMachineIsSaid() {
        assertThatThrownBy(() -> MasterSocket.bind("192.0.2.1", 0, OPEN, master)).isInstanceOf(KatydidException.class)
            .hasMessageStartingWith("The Katydid master cannot listen at 192.0.2.1:0 (")
            .hasMessageEndingWith("). Give --master-bind-host an address of this machine, or * for all.");
        assertThatThrownBy(() -> MasterSocket.bind("no.such.host.invalid", 0, OPEN, master)).isInstanceOf(KatydidException.class)
            .hasMessage(
                "The Katydid master cannot listen at no.such.host.invalid:0 (no such host). Give --master-bind-host an address of this machine,"
                    + " or * for all.");
    }

    @Test void nobodyIsALineInTheLog() {
        try (var log = new LogLines()) {
            var bound = bind();
            bound.send("nobody", message("ack", null));
            await().atMost(Heard.SOON).untilAsserted(() -> assertThat(log.at(Level.DEBUG)).contains(
                "A message to nobody was dropped: no such peer is connected."));
            assertThat(log.at(Level.WARN)).isEmpty();
        }
    }

    @Test void whatWasSentBeforeCloseArrives() {
        var bound = bind();
        var connected = connect(bound.port(), "w_1");
        connected.send(message("client_ready", -1));
        master.await(1);
        for (int i = 0; i < 200; i++) bound.send("w_1", message("n", i));
        bound.send("w_1", message("quit", null));
        bound.close();
        worker.await(201);
        assertThat(worker.types()).endsWith("quit");
    }

    @Test void whatAWorkerSentBeforeCloseArrives() {
        var bound = bind();
        // Not even connected yet.
        try (var connected = WorkerSocket.connect("127.0.0.1", bound.port(), "w_1", OPEN, worker)) {
            connected.send(message("client_ready", -1));
            connected.send(message("quit", null));
        }
        master.await(2);
        assertThat(master.types()).containsExactly("client_ready", "quit");
    }

    @Test void thePortIsFreeAfterClose() {
        for (int i = 0, port = 0; i < 5; i++) {
            try (var bound = MasterSocket.bind("127.0.0.1", port, OPEN, master);
                var connected = WorkerSocket.connect("127.0.0.1", bound.port(), "w_" + i, OPEN, worker)) {
                port = bound.port();
                connected.send(message("n", i));
                master.await(i + 1);
            }
        }
        assertThat(master.messages).hasSize(5);
    }

    @Test
    @Parity("PR-45") void reconnectingKeepsTheIdentity() {
        var bound = bind();
        var connected = connect(bound.port(), "w_1");
        for (int i = 0; i < 5; i++) {
            connected.send(message("n", i));
            master.await(i + 1);
            connected.reconnect();
        }
        connected.send(message("last", null));
        master.await(6);
        bound.send("w_1", message("ack", null));
        worker.await(1);
        assertThat(master.clients()).containsExactly("w_1");
        assertThat(worker.types()).containsExactly("ack");
    }

    @Test void aMasterThatComesBackHearsItsWorkers() {
        var bound = bind();
        int port = bound.port();
        var connected = connect(port, "w_1");
        connected.send(message("n", 1));
        master.await(1);
        bound.close();
        var again = closed(MasterSocket.bind("127.0.0.1", port, OPEN, master));
        await().atMost(Heard.SOON).pollInterval(Duration.ofMillis(100)).until(() -> {
            connected.send(message("n", 2));
            return master.messages.size() > 1;
        });
        again.send("w_1", message("ack", null));
        worker.await(1);
    }

    @Test void interruptsOfSendersAndListenersBreakNothing() {
        var interrupting = new Heard() {
            @Override public void message(String clientId, WireMessage message) {
                super.message(clientId, message);
                Thread.currentThread().interrupt();
            }
        };
        var bound = closed(MasterSocket.bind("127.0.0.1", 0, OPEN, interrupting));
        Thread.currentThread().interrupt();
        var connected = connect(bound.port(), "w_1");
        for (int i = 0; i < 100; i++) {
            Thread.currentThread().interrupt();
            connected.send(message("n", i));
        }
        connected.reconnect();
        assertThat(Thread.interrupted()).isTrue();
        interrupting.await(100);
        bound.send("w_1", message("ack", null));
        worker.await(1);
        Thread.currentThread().interrupt();
        connected.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupting.broken).isEmpty();
        assertThat(worker.broken).isEmpty();
    }

    @Test void whatAListenerThrowsIsLoggedAndEndsNothing() {
        try (var log = new LogLines()) {
            var throwing = new Heard() {
                @Override public void message(String clientId, WireMessage message) {
                    super.message(clientId, message);
                    if (message.type().equals("a")) throw new IllegalStateException("of the listener");
                    if (message.type().equals("b")) throw new StackOverflowError();
                }
            };
            var bound = closed(MasterSocket.bind("127.0.0.1", 0, OPEN, throwing));
            var connected = connect(bound.port(), "w_1");
            for (var type : List.of("a", "b", "c")) connected.send(message(type, null));
            throwing.await(3);
            assertThat(throwing.types()).containsExactly("a", "b", "c");
            assertThat(log.at(Level.ERROR)).containsExactly(
                "A listener of the katydid-master-socket failed and is called again for the next"
                    + " message: java.lang.IllegalStateException: of the listener",
                "A listener of the katydid-master-socket failed and is called again for the next message: java.lang.StackOverflowError");
            assertThat(throwing.broken).isEmpty();
        }
    }

    @Test void closingTakesLessThanTwoSecondsInEachState() throws Exception {
        var stop = new CountDownLatch(1);
        var blocking = new Heard() {
            @Override public void message(String clientId, WireMessage message) {
                super.message(clientId, message);
                try {
                    stop.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException never) {
                    throw new IllegalStateException(never);
                }
            }
        };
        var bound = MasterSocket.bind("127.0.0.1", 0, OPEN, blocking);
        var connected = WorkerSocket.connect("127.0.0.1", bound.port(), "w_1", OPEN, worker);
        connected.send(message("blocks", null));
        blocking.await(1);
        // Connected to a master that does not read, with more to send than it takes.
        for (int i = 0; i < 20_000; i++) connected.send(message("n", "x".repeat(1_000)));
        timed("a worker whose master does not read", connected::close);
        timed("a master in a listener that does not end", bound::close);
        stop.countDown();
        timed("closed already", connected::close);
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var waiting = WorkerSocket.connect("127.0.0.1", silent.getLocalPort(), "w_2", OPEN, worker);
            waiting.send(message("quit", null));
            timed("a worker whose master says nothing", waiting::close);
        }
        var alone = WorkerSocket.connect("192.0.2.1", 5557, "w_3", OPEN, worker);
        alone.send(message("quit", null));
        timed("a worker whose master is away", alone::close);
        timed("a worker whose master has no address", WorkerSocket.connect("no.such.host.invalid", 5557, "w_4", OPEN, worker)::close);
        timed("a master without workers", MasterSocket.bind("127.0.0.1", 0, OPEN, master)::close);
    }

    @Test void aListenerMayClose() {
        var self = new java.util.concurrent.atomic.AtomicReference<MasterSocket>();
        var closing = new Heard() {
            @Override public void message(String clientId, WireMessage message) {
                self.get().send(clientId, new WireMessage("quit", null, clientId));
                self.get().close();
                super.message(clientId, message);
            }
        };
        self.set(MasterSocket.bind("127.0.0.1", 0, OPEN, closing));
        connect(self.get().port(), "w_1").send(message("n", 1));
        closing.await(1);
        worker.await(1);
        assertThat(worker.types()).containsExactly("quit");
        int port = self.get().port();
        await().atMost(Heard.SOON).ignoreExceptions().until(() -> {
            MasterSocket.bind("127.0.0.1", port, OPEN, master).close();
            return true;
        });
    }

    private static void timed(String what, Runnable close) {
        long began = System.nanoTime();
        close.run();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as(what).isLessThan(Duration.ofSeconds(2));
    }
}
