package io.katydid.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.katydid.cluster.LogLines;
import ch.qos.logback.classic.Level;
import io.katydid.api.KatydidException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Lets in who has the token, refuses who has not, and says so at the side that can know. */
class TokenTest {
    private static final Security ONE = Security.token("the one cluster token");
    private static final Security OTHER = Security.token("the other cluster token");
    private static final String MISUNDERSTOOD = " and this worker do not understand each other: only one of them has a cluster token, or it is no"
        + " master. Start both with the same token, or both without.";
    private static final String ANOTHER = " ended the connection before it said a word: its cluster token is another than this worker's, or it ended."
        + " Start both with the same token.";
    private static final String UNSHOWN = "A connection from 127.0.0.1 ended before it showed the cluster token: it has none, has another, or is no"
        + " worker. Start workers with the token of this master.";
    private final Heard master = new Heard();
    private final Heard worker = new Heard();
    private final LogLines log = new LogLines();
    private final List<AutoCloseable> closed = new ArrayList<>(List.of(log));

    private int bind(Security security) {
        var bound = MasterSocket.bind("127.0.0.1", 0, security, master);
        closed.add(bound);
        return bound.port();
    }

    private void connect(int port, String id, Security security) {
        var connected = WorkerSocket.connect("127.0.0.1", port, id, security, worker);
        closed.add(connected);
        connected.send(new WireMessage("client_ready", -1, id));
    }

    @AfterEach void closeAll() throws Exception {
        for (var socket : closed.reversed()) socket.close();
    }

    private void awaitWarning(String text) {
        await().atMost(Heard.SOON).untilAsserted(() -> assertThat(log.at(Level.WARN)).contains(text));
    }

    /** Waits until a worker that may come in did, so that others had the time too. */
    private void assertOnly(int port, Security security) {
        connect(port, "friend", security);
        master.await(1);
        assertThat(master.clients()).containsExactly("friend");
        assertThat(master.corrupt).isEmpty();
        assertThat(worker.messages).isEmpty();
    }

    @Test void theRightTokenLetsIn() {
        int port = bind(ONE);
        for (int i = 0; i < 5; i++) connect(port, "w_" + i, ONE);
        master.await(5);
        assertThat(master.clients()).hasSize(5);
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test void anotherTokenIsRefusedAndBothSidesSayIt() {
        int port = bind(ONE);
        connect(port, "stranger", OTHER);
        awaitWarning("A node was refused: its cluster token is another than this master's. Start it with the same.");
        awaitWarning("The master at 127.0.0.1:" + port + ANOTHER);
        assertOnly(port, ONE);
    }

    @Test void noTokenIsRefusedAndBothSidesSayIt() {
        int port = bind(ONE);
        connect(port, "stranger", Security.open());
        awaitWarning(UNSHOWN);
        awaitWarning("The master at 127.0.0.1:" + port + MISUNDERSTOOD);
        assertOnly(port, ONE);
    }

    @Test void aMasterWithoutTheTokenIsNotTalkedTo() {
        int port = bind(Security.open());
        connect(port, "stranger", ONE);
        awaitWarning("The master at 127.0.0.1:" + port + MISUNDERSTOOD);
        assertOnly(port, Security.open());
    }

    @Test void aRefusalIsSaidOnceThoughItIsTriedAgain() {
        int port = bind(ONE);
        connect(port, "stranger", OTHER);
        await().atMost(Heard.SOON).until(() -> log.at(Level.DEBUG).stream().filter(line -> line.startsWith("The master at")).count() > 2);
        assertThat(log.at(Level.WARN)).filteredOn(line -> line.startsWith("The master at")).hasSize(1);
    }

    @Test void theKeyOfTheMasterAloneIsNotEnough() {
        int port = bind(ONE);
        try (var context = new ZContext(1)) {
            var dealer = context.createSocket(SocketType.DEALER);
            var own = ZMQ.Curve.generateKeyPair();
            dealer.setIdentity("stranger".getBytes());
            // JeroMQ may forget to greet; it notices after this.
            dealer.setHandshakeIvl(500);
            dealer.setCurveServerKey(CurveKeys.master((Security.Token) ONE).publicKey());
            dealer.setCurvePublicKey(ZMQ.Curve.z85Decode(own.publicKey));
            dealer.setCurveSecretKey(ZMQ.Curve.z85Decode(own.secretKey));
            dealer.connect("tcp://127.0.0.1:" + port);
            dealer.send(Codec.encode(new WireMessage("client_ready", -1, "stranger")));
            awaitWarning("A node at 127.0.0.1 was refused: it knows the master's key, but has not the key of workers."
                + " Start it with the cluster token of this master.");
            assertOnly(port, ONE);
        }
    }

    @Test void oldVersionsOfTheProtocolWhichHaveNoSecurityAreRefused() throws IOException {
        int port = bind(ONE);
        var message = HexFormat.of().formatHex(Codec.encode(new WireMessage("n", null, "w")));
        // ZMTP 1.0 begins with the frame of a name; ZMTP 2.0 with a greeting of two further bytes.
        for (var old : List.of("0100" + "0a00" + message, "ff00000000000000017f" + "0105" + "0000" + "0009" + message,
            "ff00000000000000017f" + "0005"
                + "0100" + "0a00" + message)) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(HexFormat.of().parseHex(old));
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (SocketException reset) {
                // Refused before it was read.
            }
        }
        assertOnly(port, ONE);
    }

    @Test void aFalseMasterOfAnOldVersionIsNotHeard() throws IOException {
        var message = HexFormat.of().formatHex(Codec.encode(new WireMessage("quit", null, "w")));
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            connect(server.getLocalPort(), "w", ONE);
            server.setSoTimeout(20_000);
            for (var old : List.of("ff00000000000000017f" + "0106" + "0000" + "000b" + message, "0100" + "0c00" + message)) {
                try (var socket = server.accept()) {
                    socket.setSoTimeout(20_000);
                    socket.getOutputStream().write(HexFormat.of().parseHex(old));
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (SocketException reset) {
                    // Ended before it was read.
                }
            }
            awaitWarning("The master at 127.0.0.1:" + server.getLocalPort() + MISUNDERSTOOD);
        }
        assertThat(worker.messages).isEmpty();
        assertThat(worker.corrupt).isEmpty();
    }

    @Test void theKeysAreThoseOfTheDescription() {
        // By golden values: another implementation, keys.py, makes them with HMAC and libsodium.
        var token = new Security.Token("the one cluster token");
        assertThat(HexFormat.of().formatHex(CurveKeys.master(token).secretKey())).isEqualTo(
            "2adc49de174b654cd3bed8e685d3643fa03c1325ff1a2f254638a8d33b016691");
        assertThat(HexFormat.of().formatHex(CurveKeys.master(token).publicKey())).isEqualTo(
            "069af84df49b262c5144b9521e35608ff311f5cca992d3b489867d6e57a8553c");
        assertThat(HexFormat.of().formatHex(CurveKeys.worker(token).secretKey())).isEqualTo(
            "f9246dec959d3e9bf92482138e21f8ab947781ee831eb6e0ba1fdbaf4696fb3a");
        assertThat(HexFormat.of().formatHex(CurveKeys.worker(token).publicKey())).isEqualTo(
            "ad8cc7e326f20ece024fbd0228e7846f9d19c5909427d4fec26b0042d520b11c");
    }

    @Test void theTokenIsNotGivenAway() {
        assertThat(ONE).hasToString("Token[hidden]");
        assertThat(CurveKeys.master((Security.Token) ONE)).hasToString("CurveKeys[hidden]");
        assertThatThrownBy(() -> Security.token("  fifteen chars..   ")).isInstanceOf(KatydidException.class)
            .hasMessage("The cluster token has 15"
                + " characters, and must have at least 16: a short one can be guessed. Make one with: openssl rand -hex 32");
    }
}
