package io.katydid.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Accepts connections, reads something, and leaves without a word. */
final class HangingUp implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    HangingUp() throws IOException {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var socket = server.accept()) {
                    if (socket.getInputStream().read(new byte[4096]) < 0) return;
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    int port() { return server.getLocalPort(); }

    @Override public void close() throws IOException {
        server.close();
    }
}
