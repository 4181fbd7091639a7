package io.katydid.distribution;

import java.io.IOException;
import java.net.ServerSocket;

/** Finds ports that nobody listens at. */
final class Ports {
    private Ports() {}

    static int free() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
