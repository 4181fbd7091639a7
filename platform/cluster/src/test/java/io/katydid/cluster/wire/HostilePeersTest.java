package io.katydid.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.katydid.cluster.LogLines;
import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Lets peers do to a master what no worker does; a worker beside them must go on as if they were not there. */
class HostilePeersTest {
    private static final String GREETING = "ff00000000000000017f" + "0300" + "4e554c4c" + "00".repeat(16) + "00" + "00".repeat(31);
    private static final String READY = "041c" + "055245414459" + "0b536f636b65742d54797065" + "00000006" + "4445414c4552";
    private final Heard heard = new Heard();
    private final MasterSocket master = MasterSocket.bind("127.0.0.1", 0, Security.open(), heard);
    private final ZContext context = new ZContext(1);
    private final List<Socket> sockets = new ArrayList<>();

    private ZMQ.Socket dealer(String id) {
        var dealer = context.createSocket(SocketType.DEALER);
        dealer.setHandshakeIvl(500);
        dealer.setIdentity(id.getBytes(StandardCharsets.UTF_8));
        dealer.connect("tcp://127.0.0.1:" + master.port());
        return dealer;
    }

    private Socket raw(String hex) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), master.port());
        socket.setSoTimeout(20_000);
        sockets.add(socket);
        socket.getOutputStream().write(HexFormat.of().parseHex(hex));
        return socket;
    }

    /** Shakes hands as a worker does, which waits for the master's answer, and then sends what no worker would. */
    private Socket ready(String ready, String then) throws IOException {
        var socket = raw(GREETING);
        assertThat(socket.getInputStream().readNBytes(64)).hasSize(64);
        socket.getOutputStream().write(HexFormat.of().parseHex(ready));
        assertThat(socket.getInputStream().read()).isEqualTo(4);
        socket.getInputStream().readNBytes(socket.getInputStream().read());
        socket.getOutputStream().write(HexFormat.of().parseHex(then));
        return socket;
    }

    private static boolean isEnded(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) continue;
        } catch (java.net.SocketException reset) {
            return true;
        }
        return true;
    }

    private void assertWorks() {
        int before = heard.messages.size();
        try (var worker = WorkerSocket.connect("127.0.0.1", master.port(), "friend", Security.open(), new Heard())) {
            worker.send(new WireMessage("heartbeat", null, "friend"));
            heard.await(before + 1);
        }
        assertThat(heard.messages.getLast().clientId()).isEqualTo("friend");
        assertThat(heard.broken).isEmpty();
    }

    @AfterEach void close() throws IOException {
        context.close();
        for (var socket : sockets) socket.close();
        long began = System.nanoTime();
        master.close();
        assertThat(System.nanoTime() - began).isLessThan(2_000_000_000L);
    }

    @Test void framesThatAreNoMessageAreToldAsCorrupt() {
        var dealer = dealer("bad");
        dealer.send(new byte[0]);
        dealer.send("garbage");
        dealer.send(HexFormat.of().parseHex("93a16edd000f4240"));
        dealer.send(HexFormat.of().parseHex("9301c0a177"));
        dealer.send(new byte[1 << 20]);
        dealer.sendMore("");
        dealer.send(Codec.encode(new WireMessage("n", null, "bad")));
        dealer.sendMore(Codec.encode(new WireMessage("n", null, "bad")));
        dealer.send("more");
        await().atMost(Heard.SOON).until(() -> heard.corrupt.size() == 7);
        assertThat(heard.corrupt).allMatch(corrupt -> corrupt.clientId().equals("bad"));
        assertThat(heard.corrupt.get(0).why()).startsWith("The frame is empty. ");
        assertThat(heard.corrupt.get(1).why()).startsWith("The frame of 7 bytes is a whole number at offset 0. ");
        assertThat(heard.corrupt.get(2).why()).startsWith("The frame of 8 bytes ends in a list of 1000000");
        assertThat(heard.corrupt.get(5).why())
            .isEqualTo("bad sent 2 frames at once, the first of 0 bytes. Send each message as one frame.");
        assertThat(heard.corrupt.get(6).why()).startsWith("bad sent 2 frames at once, the first of 8 bytes.");
        assertThat(heard.messages).isEmpty();
        assertWorks();
    }

    @Test void aPeerWithoutANameIsAnsweredUnderTheOneItGets() {
        var dealer = dealer("");
        dealer.setReceiveTimeOut(20_000);
        dealer.send(Codec.encode(new WireMessage("n", null, "")));
        heard.await(1);
        var id = heard.messages.getFirst().clientId();
        assertThat(id).matches("0x00[0-9a-f]{8}");
        master.send(id, new WireMessage("ack", null, id));
        assertThat(dealer.recv()).isEqualTo(Codec.encode(new WireMessage("ack", null, id)));
    }

    @Test void aFrameBeyondTheLimitEndsTheConnectionBeforeItIsRead() throws IOException {
        var claims = ready(READY, "02" + "0000000004000041");
        assertThat(isEnded(claims)).isTrue();
        assertThat(isEnded(ready(READY, "02" + "7fffffffffffffff"))).isTrue();
        assertThat(heard.messages).isEmpty();
        assertWorks();
    }

    @Test void aLengthJeroMqTakesForASmallOneIsRefused() throws IOException {
        try (var log = new LogLines()) {
            // In the handshake, where it ends the connection, and after it, where the codec refuses what is left of it.
            for (var length : List.of("ffffffffffffffff", "800000007fffffff", "8000000080000000")) {
                assertThat(isEnded(raw(GREETING + "06" + length))).as(length).isTrue();
                ready(READY, "02" + length);
            }
            await().atMost(Heard.SOON).until(() -> heard.corrupt.size() == 3);
            assertThat(heard.corrupt).allMatch(corrupt -> corrupt.why().startsWith("The frame is empty."));
            assertThat(log.at(Level.WARN)).hasSize(6).containsOnly("A frame that claims a length beyond 67108864 bytes was refused.");
        }
        assertWorks();
    }

    @Test void theLargestFrameArrives() {
        var dealer = dealer("large");
        dealer.send(Codec.encode(new WireMessage("n", new byte[Limits.FRAME_BYTES - 20], "large")));
        heard.await(1);
        assertThat((byte[]) heard.messages.getFirst().message().data()).hasSize(Limits.FRAME_BYTES - 20);
        assertWorks();
    }

    @Test void whatIsNoZeroMqIsIgnored() throws IOException {
        var random = new Random(5);
        for (int i = 0; i < 200; i++) {
            var bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            raw(i % 4 == 0 ? "474554202f20485454502f312e310d0a0d0a"
                : i % 2 == 0 ? HexFormat.of().formatHex(bytes) : GREETING + HexFormat.of()
                    .formatHex(bytes));
            if (i % 3 == 0) sockets.getLast().close();
        }
        assertWorks();
    }

    @Test void connectionsThatSayNothingAreNoHarm() throws IOException {
        for (int i = 0; i < 100; i++) raw(i % 2 == 0 ? "" : GREETING.substring(0, 2 * (1 + i % 60)));
        assertWorks();
    }

    @Test void theLastOfTwoWithTheSameNameHasIt() {
        var first = dealer("twin");
        first.send(Codec.encode(new WireMessage("first", null, "twin")));
        heard.await(1);
        first.setReconnectIVL(60_000);
        var second = dealer("twin");
        second.setReceiveTimeOut(20_000);
        second.send(Codec.encode(new WireMessage("second", null, "twin")));
        heard.await(2);
        master.send("twin", new WireMessage("ack", null, "twin"));
        assertThat(second.recv()).isEqualTo(Codec.encode(new WireMessage("ack", null, "twin")));
        assertThat(first.recv(ZMQ.DONTWAIT)).isNull();
        assertThat(heard.clients()).containsExactly("twin");
        assertWorks();
    }

    @Test void aPeerThatVanishesIsNobody() {
        try (var log = new LogLines()) {
            for (int i = 0; i < 20; i++) {
                var dealer = dealer("short_" + i);
                dealer.send(Codec.encode(new WireMessage("n", null, "w")));
                heard.await(i + 1);
                dealer.setLinger(0);
                dealer.close();
            }
            await().atMost(Heard.SOON).until(() -> {
                master.send("short_0", new WireMessage("ack", null, "w"));
                return log.at(Level.DEBUG).contains("A message to short_0 was dropped: no such peer is connected.");
            });
        }
        assertWorks();
    }

    @Test void memoryOfAPeerThatDoesNotReadIsBounded() throws IOException {
        try (var log = new LogLines()) {
            var named = "042d" + "055245414459" + "0b536f636b65742d54797065" + "00000006" + "4445414c4552" + "084964656e74697479"
                + "00000004"
                + "736c6f77";
            ready(named, "0009" + "93a16ec0a4736c6f77");
            heard.await(1);
            assertThat(heard.messages.getFirst().clientId()).isEqualTo("slow");
            var message = new WireMessage("n", "x".repeat(20_000), "slow");
            for (int i = 0; i < 3_000; i++) master.send("slow", message);
            await().atMost(Heard.SOON).untilAsserted(() -> assertThat(log.at(Level.WARN)).containsExactly(
                "A message to slow was dropped: it does not read what was sent before. Those after it are dropped too until it reads."));
        }
        assertWorks();
    }

    @Test void aWorkerThatSendsWithoutEndDoesNotKeepOthersFromBeingHeard() {
        var flood = dealer("flood");
        flood.setSndHWM(100);
        var frame = Codec.encode(new WireMessage("n", "x".repeat(1_000), "flood"));
        for (int i = 0; i < 20_000; i++) flood.send(frame, ZMQ.DONTWAIT);
        assertThatOthersAreHeard();
    }

    private void assertThatOthersAreHeard() {
        try (var worker = WorkerSocket.connect("127.0.0.1", master.port(), "friend", Security.open(), new Heard())) {
            worker.send(new WireMessage("heartbeat", null, "friend"));
            await().atMost(Heard.SOON).until(() -> heard.clients().contains("friend"));
        }
    }
}
