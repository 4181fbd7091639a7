package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sends datagrams through the proxy with each fault that UDP knows. */
class UdpFaultsTest {
    private final DatagramSocket server = open();
    private final FaultProxy proxy = FaultProxy.udp(server.getLocalPort(), 1);
    private final DatagramSocket client = open();

    private static DatagramSocket open() {
        try {
            var made = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            made.setSoTimeout(20_000);
            return made;
        } catch (IOException problem) {
            throw new AssertionError(problem);
        }
    }

    @AfterEach void close() {
        client.close();
        proxy.close();
        server.close();
    }

    private void send(DatagramSocket from, int size, int value) throws IOException {
        var bytes = new byte[size];
        bytes[0] = (byte) value;
        from.send(new DatagramPacket(bytes, size, new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())));
    }

    private static DatagramPacket receive(DatagramSocket at, int value) throws IOException {
        var packet = new DatagramPacket(new byte[2_000], 2_000);
        at.receive(packet);
        assertThat(packet.getData()[0]).isEqualTo((byte) value);
        return packet;
    }

    /** Lets a datagram go to the server and gives where an answer has to go. */
    private SocketAddress there(int value) throws IOException {
        send(client, 1, value);
        return receive(server, value).getSocketAddress();
    }

    private void back(SocketAddress to, int value) throws IOException {
        server.send(new DatagramPacket(new byte[]{(byte) value}, 1, to));
        receive(client, value);
    }

    private static Duration since(long begin) { return Duration.ofNanos(System.nanoTime() - begin); }

    @Test void aDelayMakesThemLateInEachDirection() throws Exception {
        proxy.faults(Faults.none().delay(Duration.ofMillis(60)));
        long begin = System.nanoTime();
        var to = there(7);
        assertThat(since(begin)).as("there").isGreaterThanOrEqualTo(Duration.ofMillis(60));
        begin = System.nanoTime();
        back(to, 8);
        assertThat(since(begin)).as("back").isGreaterThanOrEqualTo(Duration.ofMillis(60));
    }

    @Test void jitterMakesThemLateByTimesOfTheirOwn() throws Exception {
        proxy.faults(Faults.none().jitter(Duration.ofMillis(40)));
        var times = new ArrayList<Duration>();
        for (int i = 0; i < 10; i++) {
            long begin = System.nanoTime();
            back(there(i), i);
            times.add(since(begin));
        }
        assertThat(times.stream().reduce(Duration.ZERO, Duration::plus)).as("all").isGreaterThanOrEqualTo(Duration.ofMillis(100));
        assertThat(Collections.max(times).minus(Collections.min(times))).as("spread of " + times).isGreaterThan(Duration.ofMillis(5));
    }

    @Test void aNarrowWayTakesItsTime() throws Exception {
        proxy.faults(Faults.none().bandwidth(50_000));
        long begin = System.nanoTime();
        for (int i = 0; i < 10; i++) send(client, 1_000, i);
        for (int i = 0; i < 10; i++) assertThat(receive(server, i).getLength()).isEqualTo(1_000);
        assertThat(since(begin)).as("10 kB at 50 kB/s").isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test void nothingLeavesABlackHole() throws Exception {
        try (var second = open()) {
            proxy.faults(Faults.none().intoBlackHole());
            send(client, 1, 1);
            // The proxy takes one after the other: when it knows the second client it has done with the first one's datagram.
            send(second, 1, 2);
            Await.until("the proxy has seen both clients", () -> proxy.connections() == 2);
            send(second, 1, 2);
            assertThat(proxy.bytesUp()).isZero();
            proxy.faults(Faults.none());
            send(client, 1, 3);
            for (var next = new DatagramPacket(new byte[1], 1); next.getData()[0] != 3;) {
                server.receive(next);
                assertThat(next.getData()[0]).as("a datagram that was sent into the black hole").isNotEqualTo((byte) 1);
            }
        }
    }
}
