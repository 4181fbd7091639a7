package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.State;
import io.katydid.api.Worker;
import io.katydid.cluster.wire.ClientId;
import io.katydid.cluster.wire.Codec;
import io.katydid.cluster.wire.WireMessage;
import io.katydid.kernel.EnvironmentBuilder;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Sends nonsense to the ports of a master and of a worker while they work, for 3 seconds each; for longer with {@code -Dkatydid.fuzz.seconds=600}.
 */
class PortFuzzTest {
    private static final long SECONDS = Long.getLong("katydid.fuzz.seconds", 3);
    private static final long SEED = Long.getLong("katydid.fuzz.seed", 20_251_126);
    private static final long MOST_GROWTH = 150L << 20;
    /**
     * Is what would end the test: a worker is asked to leave soon enough, and JeroMQ's router now and then loses a peer that connects anew while it is being
     * written to. A master of ours hears nothing of such a worker and is greeted again, the bare router of this test is not.
     */
    private static final Pattern MEANT = Pattern.compile("quit|reconnect");
    private final Random random = new Random(SEED);

    @Test void aMasterGoesOnWithItsTest() throws IOException {
        try (var cluster = new Cluster(Pace.defaults(), 1, builder -> builder.userClasses(List.of(Cluster.Busy.class)));
            var context = new ZContext(1)) {
            cluster.runner().start(5, 1_000);
            cluster.awaitUsers(5);
            long heap = usedHeap();
            long sent = 0;
            var dealers = new ArrayList<ZMQ.Socket>();
            for (long end = end(); System.nanoTime() < end;) {
                if (dealers.size() < 4) dealers.add(dealer(context, cluster.runner().port()));
                for (int i = 0; i < 200; i++) dealers.get(random.nextInt(dealers.size())).send(nonsense(), ZMQ.DONTWAIT);
                sent += 200;
                if (random.nextInt(20) == 0) dealers.removeFirst().close();
                if (random.nextInt(20) == 0) rawBytes(cluster.runner().port());
            }
            System.out.printf("%,d frames were sent to the master; its heap grew by %d MiB%n", sent, usedHeap() - heap >> 20);
            assertThat(sent).isGreaterThan(1_000);
            assertThat(usedHeap() - heap).isLessThan(MOST_GROWTH);
            assertThat(cluster.master.state()).isIn(State.SPAWNING, State.RUNNING);
            dealers.forEach(ZMQ.Socket::close);
            cluster.runner().stop();
            assertThat(cluster.master.state()).isEqualTo(State.STOPPED);
            // Some of the nonsense was a greeting: whoever sent that is missed after a while.
            var own = List.of(cluster.workers.getFirst().worker().clientId());
            Cluster.await("only the worker is left", () -> cluster.runner().workers().stream().map(Worker::id).toList().equals(own));
            Cluster.SENT.reset();
            cluster.runner().start(5, 1_000);
            cluster.awaitUsers(5);
            cluster.runner().stop();
            assertThat(cluster.master.requests()).isEqualTo(Cluster.SENT.sum());
        }
    }

    @Test void aWorkerGoesOnListening() {
        try (var context = new ZContext(1)) {
            var router = context.createSocket(SocketType.ROUTER);
            int port = router.bindToRandomPort("tcp://127.0.0.1");
            router.setReceiveTimeOut(10_000);
            // The worker connects anew by itself when its master is silent for long.
            router.setRouterHandover(true);
            try (var worker = new Cluster.Member(new EnvironmentBuilder().userClasses(List.of(Cluster.Idle.class)), Pace.defaults())) {
                var greeter = Thread.ofPlatform().start(() -> {
                    var id = router.recv();
                    router.recv();
                    router.sendMore(id);
                    router.send(Codec.encode(new WireMessage("ack", Map.of("index", 0L, Peer.TYPE, Map.of()), "w")));
                });
                worker.environment.createWorkerRunner("127.0.0.1", port);
                worker.environment.init();
                join(greeter);
                long heap = usedHeap();
                long sent = 0;
                var id = worker.worker().clientId().getBytes(StandardCharsets.UTF_8);
                for (long end = end(); System.nanoTime() < end; sent++) {
                    var frame = nonsense();
                    if (MEANT.matcher(new String(frame, StandardCharsets.ISO_8859_1)).find()) continue;
                    router.sendMore(id);
                    router.send(frame, ZMQ.DONTWAIT);
                    while (router.recv(ZMQ.DONTWAIT) != null) Thread.onSpinWait();
                }
                System.out.printf("%,d frames were sent to the worker; its heap grew by %d MiB%n", sent, usedHeap() - heap >> 20);
                assertThat(sent).isGreaterThan(1_000);
                assertThat(usedHeap() - heap).isLessThan(MOST_GROWTH);
                Cluster.await("the worker has quit", () -> {
                    router.sendMore(id);
                    router.send(Codec.encode(new WireMessage("quit", null, "w")), ZMQ.DONTWAIT);
                    return worker.events.contains("quitting");
                });
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static long end() { return System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS); }

    private ZMQ.Socket dealer(ZContext context, int port) {
        var dealer = context.createSocket(SocketType.DEALER);
        dealer.setHandshakeIvl(1_000);
        dealer.setIdentity(ClientId.create().getBytes(StandardCharsets.UTF_8));
        dealer.setLinger(0);
        dealer.connect("tcp://127.0.0.1:" + port);
        return dealer;
    }

    private void rawBytes(int port) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            var bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);
            socket.getOutputStream().write(bytes);
        }
    }

    /** Gives a message of the protocol with wrong data, one with bytes changed, or no message at all. */
    private byte[] nonsense() {
        if (random.nextInt(10) == 0) {
            var bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            return bytes;
        }
        var frame = Codec.encode(new WireMessage(TYPES.get(random.nextInt(TYPES.size())), value(4), "w" + random.nextInt(20)));
        if (random.nextBoolean()) return frame;
        for (int i = random.nextInt(4); i >= 0; i--) frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
        return random.nextInt(3) == 0 ? Arrays.copyOf(frame, random.nextInt(frame.length)) : frame;
    }

    private static final List<String> TYPES = List.of("client_ready", "heartbeat", "stats", "spawning", "spawning_complete",
        "client_stopped",
        "exception", "logs", "ack", "spawn", "stop", "update_user_class", "locustfile", "custom", "", Peer.TYPE, "katydid_ack",
        "katydid_prepare", "katydid_prepared", "katydid_totals");
    private static final List<String> KEYS = List.of("state", "stats", "stats_total", "errors", "user_classes_count", "user_count", "index",
        "timestamp", "host", "stop_timeout", "parsed_options", "version", "cores", "epoch", "sequence", "run", "requests", "unreported",
        "faults", "msg",
        "traceback", "logs", "worker_id", "tallies", "user_class_name", "name", "method", "response_times", "hdr", "Idle", "Busy", "sent",
        "answered", "clock_offset");

    private Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> random.nextLong();
            case 1 -> (long) random.nextInt(100);
            case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(300));
            case 3 -> Double.NaN;
            case 4 -> KEYS.get(random.nextInt(KEYS.size()));
            case 5 -> random.nextBoolean();
            case 6 -> new byte[random.nextInt(40)];
            case 7 -> List.of(value(depth - 1), value(depth - 1));
            default -> map(depth - 1);
        };
    }

    private Map<Object, Object> map(int depth) {
        var map = new HashMap<Object, Object>();
        for (int i = random.nextInt(8); i > 0; i--)
            map.put(random.nextInt(5) == 0 ? random.nextLong() : KEYS.get(random.nextInt(KEYS.size())), value(depth));
        return map;
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
