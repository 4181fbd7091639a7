package io.katydid.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Makes one throw-away request before the first user does. The classes of a whole exchange take a tenth of a second and more to load; on a loop that time
 * would be in the first samples of everybody, and be reported as a stall. The kernel initialises user classes before it starts users.
 */
final class WarmUp {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: a=b\r\nContent-Length: 9\r\n\r\n{\"a\": 17}";

    private WarmUp() {}

    static void run() {
        try {
            exchange();
        } catch (IOException | RuntimeException problem) {
            // Only the first samples are the worse for it.
            LoggerFactory.getLogger("katydid.http").debug("The warm-up request failed", problem);
        }
    }

    /** Makes the request and gives its answer. */
    static Response exchange() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().name("katydid-warm-up").start(() -> answer(server));
            var session = new DefaultSession(new WarmUpRuntime(), Flavour.FAST);
            var options = new HttpOptions();
            Flavour.FAST.apply(options);
            session.open("http://127.0.0.1:" + server.getLocalPort(), options, new Urls());
            var response = session.request("POST", "/", check -> check.json().at("a").asInt(), Words.json(Map.of("a", 1)),
                Words.name("warm-up"),
                Words.timeout(2));
            session.close();
            return response;
        }
    }

    private static void answer(ServerSocket server) {
        try (var socket = server.accept()) {
            if (socket.getInputStream().read(new byte[4096]) > 0)
                socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
            while (socket.getInputStream().read() >= 0) Thread.onSpinWait();
        } catch (IOException closed) {
            LoggerFactory.getLogger("katydid.http").debug("The warm-up server was closed", closed);
        }
    }
}
