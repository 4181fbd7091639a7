package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sends bytes through the proxy, to servers that send them back. */
class FaultProxyTest {

    /** Sends back what it gets. */
    private static final class Echo implements AutoCloseable {
        final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));

        Echo() throws IOException {
            Thread.ofPlatform().daemon().name("testkit-echo").start(() -> {
                try {
                    while (true) {
                        var client = socket.accept();
                        Thread.ofPlatform().daemon().name("testkit-echo").start(() -> {
                            try (client) {
                                client.getInputStream().transferTo(client.getOutputStream());
                            } catch (IOException gone) {
                                assertThat(gone).isNotNull();
                            }
                        });
                    }
                } catch (IOException closed) {
                    assertThat(socket.isClosed()).isTrue();
                }
            });
        }

        @Override public void close() throws IOException {
            socket.close();
        }
    }

    private static Socket connect(FaultProxy proxy) throws IOException {
        var socket = new Socket("127.0.0.1", proxy.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    @Test void withoutFaultsAllBytesPassAndAreCounted() throws Exception {
        try (var echo = new Echo(); var proxy = FaultProxy.tcp(echo.socket.getLocalPort(), 1); var socket = connect(proxy)) {
            var sent = new byte[300_000];
            for (int i = 0; i < sent.length; i++) sent[i] = (byte) (i * 31);
            var writer = Thread.ofPlatform().start(() -> {
                try {
                    socket.getOutputStream().write(sent);
                    socket.shutdownOutput();
                } catch (IOException problem) {
                    throw new AssertionError(problem);
                }
            });
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(sent);
            writer.join();
            assertThat(proxy.bytesUp()).isEqualTo(sent.length);
            assertThat(proxy.bytesDown()).isEqualTo(sent.length);
            assertThat(proxy.connections()).isEqualTo(1);
            Await.until("the connection has ended", () -> proxy.openConnections() == 0);
        }
    }

    @Test void delayAndJitterMakeBytesLate() throws Exception {
        try (var echo = new Echo(); var proxy = FaultProxy.tcp(echo.socket.getLocalPort(), 1); var socket = connect(proxy)) {
            proxy.faults(Faults.none().delay(Duration.ofMillis(60)).jitter(Duration.ofMillis(5)));
            long begin = System.nanoTime();
            socket.getOutputStream().write(7);
            assertThat(socket.getInputStream().read()).isEqualTo(7);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("there and back").isGreaterThanOrEqualTo(Duration.ofMillis(120));
        }
    }

    @Test void jitterAloneMakesBytesLateByTimesOfTheirOwn() throws Exception {
        try (var echo = new Echo(); var proxy = FaultProxy.tcp(echo.socket.getLocalPort(), 1); var socket = connect(proxy)) {
            proxy.faults(Faults.none().jitter(Duration.ofMillis(40)));
            var times = new ArrayList<Duration>();
            for (int i = 0; i < 10; i++) {
                long begin = System.nanoTime();
                socket.getOutputStream().write(i);
                assertThat(socket.getInputStream().read()).isEqualTo(i);
                times.add(Duration.ofNanos(System.nanoTime() - begin));
            }
            assertScattered(times);
        }
    }

    /** What is drawn from 0 to 40 ms is, with the tests' seed, 200 ms or more in twenty draws. */
    private static void assertScattered(List<Duration> times) {
        assertThat(times.stream().reduce(Duration.ZERO, Duration::plus)).as("all").isGreaterThanOrEqualTo(Duration.ofMillis(100));
        assertThat(Collections.max(times).minus(Collections.min(times))).as("spread of " + times).isGreaterThan(Duration.ofMillis(5));
    }

    @Test void aNarrowWayTakesItsTime() throws Exception {
        try (var echo = new Echo(); var proxy = FaultProxy.tcp(echo.socket.getLocalPort(), 1); var socket = connect(proxy)) {
            proxy.faults(Faults.none().bandwidth(100_000));
            long begin = System.nanoTime();
            socket.getOutputStream().write(new byte[20_000]);
            assertThat(socket.getInputStream().readNBytes(20_000)).hasSize(20_000);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("20 kB at 100 kB/s").isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test void aResetComesAfterTheBytesItWasToldAndNotBefore() throws Exception {
        try (var echo = new Echo(); var proxy = FaultProxy.tcp(echo.socket.getLocalPort(), 1); var socket = connect(proxy)) {
            socket.getOutputStream().write(new byte[10]);
            assertThat(socket.getInputStream().readNBytes(10)).hasSize(10);
            proxy.faults(Faults.none().resetAfter(25));
            socket.getOutputStream().write(new byte[100]);
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
            assertThat(proxy.bytesDown()).isEqualTo(25);
            assertThat(proxy.openConnections()).isZero();
        }
    }

    @Test void aHalfCloseEndsTheAnswerAndStillTakesTheQuestion() throws Exception {
        try (var echo = new Echo(); var proxy = FaultProxy.tcp(echo.socket.getLocalPort(), 1); var socket = connect(proxy)) {
            proxy.faults(Faults.none().halfCloseAfter(4));
            socket.getOutputStream().write(new byte[10]);
            assertThat(socket.getInputStream().readAllBytes()).hasSize(4);
            socket.getOutputStream().write(new byte[5]);
            Await.until("the server has all 15 bytes", () -> proxy.bytesUp() == 15);
        }
    }

    @Test void nothingLeavesABlackHole() throws Exception {
        try (var echo = new Echo(); var proxy = FaultProxy.tcp(echo.socket.getLocalPort(), 1); var socket = connect(proxy)) {
            proxy.faults(Faults.none().intoBlackHole());
            socket.setSoTimeout(100);
            socket.getOutputStream().write(1);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(proxy.bytesUp()).isZero();
        }
    }

    @Test void closingItClosesItsConnections() throws Exception {
        try (var echo = new Echo(); var proxy = FaultProxy.tcp(echo.socket.getLocalPort(), 1); var socket = connect(proxy)) {
            socket.getOutputStream().write(1);
            assertThat(socket.getInputStream().read()).isEqualTo(1);
            proxy.close();
            assertThatThrownBy(() -> {
                if (socket.getInputStream().read() < 0) throw new SocketException("ended");
            }).isInstanceOf(SocketException.class);
            assertThat(proxy.openConnections()).isZero();
            assertThatThrownBy(() -> connect(proxy)).isInstanceOf(IOException.class);
        }
    }

    @Test void aServerThatIsNotThereRefusesThroughTheProxy() throws Exception {
        int nobody;
        try (var echo = new Echo()) {
            nobody = echo.socket.getLocalPort();
        }
        try (var proxy = FaultProxy.tcp(nobody, 1); var socket = connect(proxy)) {
            assertThatThrownBy(() -> {
                if (socket.getInputStream().read() < 0) throw new SocketException("ended");
            }).isInstanceOf(SocketException.class);
            assertThat(proxy.openConnections()).isZero();
        }
    }

    @Test void theSameSeedLosesTheSameDatagrams() throws Exception {
        var first = arrived(17, 0.5);
        assertThat(first).as("datagrams of 100 that arrived").hasSizeBetween(10, 90);
        assertThat(arrived(17, 0.5)).isEqualTo(first);
        assertThat(arrived(18, 0.5)).isNotEqualTo(first);
        assertThat(arrived(17, 0)).hasSize(100);
    }

    /** Sends 100 numbered datagrams, then without loss a last one, and gives the numbers that a server saw. */
    private static List<Integer> arrived(long seed, double loss) throws IOException {
        var loopback = InetAddress.getByName("127.0.0.1");
        try (var server = new DatagramSocket(0, loopback);
            var proxy = FaultProxy.udp(server.getLocalPort(), seed);
            var client = new DatagramSocket(0, loopback)) {
            server.setSoTimeout(20_000);
            proxy.faults(Faults.none().lose(loss));
            var to = new InetSocketAddress(loopback, proxy.port());
            var seen = new ArrayList<Integer>();
            client.send(new DatagramPacket(new byte[]{-2}, 1, to));
            for (int i = 0; i < 100; i++) client.send(new DatagramPacket(new byte[]{(byte) i}, 1, to));
            // Whether the end of the row arrives must not be left to chance; nor may the faults change before the row was drawn.
            var packet = new DatagramPacket(new byte[1], 1);
            while (true) {
                client.send(new DatagramPacket(new byte[]{-1}, 1, to));
                server.receive(packet);
                if (packet.getData()[0] == -1) break;
                if (packet.getData()[0] >= 0) seen.add((int) packet.getData()[0]);
            }
            assertThat(proxy.connections()).isEqualTo(1);
            return seen;
        }
    }

    @Test void datagramsGoThereAndBackAndAreCounted() throws Exception {
        var loopback = InetAddress.getByName("127.0.0.1");
        try (var server = new DatagramSocket(0, loopback);
            var proxy = FaultProxy.udp(server.getLocalPort(), 1);
            var client = new DatagramSocket(0, loopback)) {
            server.setSoTimeout(20_000);
            client.setSoTimeout(20_000);
            client.send(new DatagramPacket(new byte[]{1, 2, 3}, 3, new InetSocketAddress(loopback, proxy.port())));
            var packet = new DatagramPacket(new byte[10], 10);
            server.receive(packet);
            assertThat(packet.getLength()).isEqualTo(3);
            server.send(new DatagramPacket(new byte[]{9}, 1, packet.getSocketAddress()));
            var answer = new DatagramPacket(new byte[10], 10);
            client.receive(answer);
            assertThat(answer.getData()[0]).isEqualTo((byte) 9);
            assertThat(proxy.bytesUp()).isEqualTo(3);
            Await.until("the answer is counted", () -> proxy.bytesDown() == 1);
            proxy.close();
            assertThat(proxy.openConnections()).isZero();
        }
    }

    @Test void aFaultTheProtocolDoesNotKnowIsRefused() throws Exception {
        try (var tcp = FaultProxy.tcp(1, 1); var udp = FaultProxy.udp(1, 1)) {
            assertThatThrownBy(() -> tcp.faults(Faults.none().lose(0.5)))
                .hasMessage("A TCP proxy cannot lose 0.5 of its bytes: TCP sends them again. Use delay, or UDP.");
            assertThatThrownBy(() -> udp.faults(Faults.none().resetAfter(1)))
                .hasMessage("A UDP proxy has no connection to reset or to half-close. Use lose(…) or intoBlackHole().");
            assertThatThrownBy(() -> Faults.none().lose(1.5)).hasMessage("The share of lost datagrams is 1.5. Give 0 to 1.");
            assertThatThrownBy(() -> Faults.none().bandwidth(0)).hasMessage("The bandwidth is 0 bytes per second. Give 1 or more.");
        }
    }
}
