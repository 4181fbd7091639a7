package io.katydid.cluster.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Makes the ids of workers: the host's name, an underscore and 32 random hexadecimal digits. Up to the first underscore it names the host. */
public final class ClientId {

    private ClientId() {}

    /** Makes an id nobody has. */
    public static String create() {
        return host() + "_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** Asks the kernel first: the JDK asks a name server, which may be slow or away. */
    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException notLinux) {
            return resolved();
        }
    }

    private static String resolved() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
