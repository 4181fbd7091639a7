package io.katydid.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.katydid.cluster.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Connects many workers to one master, which has one thread and ZeroMQ's for all. */
class ManyWorkersTest {
    private static final int WORKERS = 200;

    @Test void twoHundredWorkersJoinAreAnsweredAndLeave() {
        var heard = new Heard();
        try (var master = MasterSocket.bind("127.0.0.1", 0, Security.open(), heard); var context = new ZContext(1)) {
            context.createSocket(SocketType.DEALER).connect("tcp://127.0.0.1:" + master.port());
            long threads = threads();
            long began = System.nanoTime();
            var workers = new HashMap<String, ZMQ.Socket>();
            for (int i = 0; i < WORKERS; i++) {
                var id = "w_" + i;
                var dealer = context.createSocket(SocketType.DEALER);
                // JeroMQ may forget to greet; it notices after this.
                dealer.setHandshakeIvl(500);
                dealer.setReceiveTimeOut(20_000);
                dealer.setLinger(1_000);
                dealer.setIdentity(id.getBytes());
                dealer.connect("tcp://127.0.0.1:" + master.port());
                dealer.send(Codec.encode(new WireMessage("client_ready", -1, id)));
                workers.put(id, dealer);
            }
            heard.await(WORKERS);
            assertThat(new HashSet<>(heard.clients())).isEqualTo(workers.keySet());
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            for (var id : workers.keySet()) master.send(id, new WireMessage("ack", id, id));
            workers.forEach((id, dealer) -> assertThat(dealer.recv()).isEqualTo(Codec.encode(new WireMessage("ack", id, id))));
            assertThat(threads() - threads).as("threads of the master for its workers").isZero();
            for (int round = 0; round < 5; round++) {
                workers.forEach((id, dealer) -> dealer.send(Codec.encode(new WireMessage("heartbeat", null, id))));
            }
            heard.await(6 * WORKERS);
        }
        assertThat(heard.corrupt).isEmpty();
        assertThat(heard.broken).isEmpty();
    }

    /** JeroMQ forgets one connection of twenty here; a worker has it take that one up instead of making another, which could lose messages. */
    @Test void twoHundredWorkersOfThisModuleJoinWithOneConnectionEach() {
        try (var log = new LogLines()) {
            for (int round = 0; round < 4; round++) fiftyWorkersJoin();
            assertThat(log.at(Level.DEBUG)).noneMatch(line -> line.contains("there was no greeting"));
        }
    }

    private static void fiftyWorkersJoin() {
        var heard = new Heard();
        var workers = new ArrayList<WorkerSocket>();
        try (var master = MasterSocket.bind("127.0.0.1", 0, Security.open(), heard)) {
            for (int i = 0; i < 50; i++) {
                workers.add(WorkerSocket.connect("127.0.0.1", master.port(), "w_" + i, Security.open(), new Heard()));
                workers.getLast().send(new WireMessage("client_ready", -1, "w_" + i));
            }
            heard.await(50);
            assertThat(heard.clients()).hasSize(50);
        } finally {
            workers.parallelStream().forEach(WorkerSocket::close);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("katydid-") || thread.getName().startsWith(
                "iothread"))
            .count();
    }
}
