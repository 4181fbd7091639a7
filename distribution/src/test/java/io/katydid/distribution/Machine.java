package io.katydid.distribution;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Is a machine of its own as far as the network goes: a network namespace of Linux, with links to others that can be cut. All of it is gone with the test;
 * nothing of the machine it runs on is touched.
 */
final class Machine implements AutoCloseable {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final int HTTP_PORT = 8080;
    private static final long PATIENCE_SECONDS = 20;
    private final String name;
    private final Thread hook = new Thread(this::delete);
    private @Nullable Process nginx;
    private @Nullable Path log;

    private Machine(String name) {
        this.name = name;
    }

    /** Makes one without a link; skips the test where there is no {@code ip}, or where namespaces are not permitted, as in a container without the capability. */
    static Machine start() throws Exception {
        Peers.require("ip");
        var machine = new Machine("katydid-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet());
        Runtime.getRuntime().addShutdownHook(machine.hook);
        try {
            run("netns", "add", machine.name);
            run("-n", machine.name, "link", "set", "lo", "up");
            // What links need, and a process there.
            run("-n", machine.name, "link", "add", "cable", "type", "veth", "peer", "name", "end");
            run("-n", machine.name, "link", "delete", "cable");
            run("-n", machine.name, "link", "add", "switch", "type", "bridge");
            run("-n", machine.name, "link", "delete", "switch");
            run("netns", "exec", machine.name, "true");
            return machine;
        } catch (IOException refused) {
            machine.close();
            var reason = "Network namespaces cannot be made here, this test needs them: " + refused.getMessage();
            System.out.println("skipped: " + reason);
            return abort(reason);
        }
    }

    private static void run(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Peers.require("ip").toString()));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) throw new IOException(String.join(" ", command) + ": " + said);
    }

    /**
     * Links both by a network that only they are in, through a switch of its own on this machine: 10.77.{@code number}.1 is the one, and .2 the other.
     */
    void join(Machine one, Machine other, int number) throws Exception {
        var between = "switch" + number;
        run("-n", name, "link", "add", between, "type", "bridge");
        plug(one, between, "one" + number, "10.77." + number + ".1/24");
        plug(other, between, "other" + number, "10.77." + number + ".2/24");
        mend(number);
    }

    private void plug(Machine machine, String into, String device, String address) throws Exception {
        run("-n", name, "link", "add", device, "type", "veth", "peer", "name", device, "netns", machine.name);
        run("-n", name, "link", "set", device, "master", into, "up");
        run("-n", machine.name, "address", "add", address, "dev", device);
        run("-n", machine.name, "link", "set", device, "up");
    }

    /** Lets the switch between two machines do nothing: packets vanish, and neither end sees that its cable leads nowhere. */
    void cut(int number) throws Exception {
        run("-n", name, "link", "set", "switch" + number, "down");
    }

    void mend(int number) throws Exception {
        run("-n", name, "link", "set", "switch" + number, "up");
    }

    /** Lets connections of this machine die when a packet was sent so often in vain; otherwise that takes a quarter of an hour. */
    void givesUpAfter(int tries) throws Exception {
        run("netns", "exec", name, "sh", "-c", "echo " + tries + " > /proc/sys/net/ipv4/tcp_retries2");
    }

    /** Gives the words that run a command, which follows them, on this machine; the process is the command's own. */
    List<String> command() {
        return List.of(Peers.require("ip").toString(), "netns", "exec", name);
    }

    /** Starts a real nginx at {@link #url()} that logs when each request came. */
    void serve(Path folder) throws Exception {
        var program = Peers.require("nginx");
        var home = Files.createDirectories(folder.resolve(name));
        log = home.resolve("access.log");
        var conf = Files.writeString(home.resolve("nginx.conf"), """
            daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/error.log warn;
            events { worker_connections 1000; }
            http {
              log_format times '$msec'; access_log %1$s/access.log times; keepalive_requests 1000000000; keepalive_timeout 600s;
              client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s; uwsgi_temp_path %1$s; scgi_temp_path %1$s;
              server { listen 127.0.0.1:%2$d; location / { default_type text/plain; return 200 "seen"; } }
            }
            """.formatted(home, HTTP_PORT));
        var words = new ArrayList<>(command());
        words.addAll(List.of(program.toString(), "-p", home.toString(), "-c", conf.toString(), "-e", home.resolve("error.log").toString()));
        nginx = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(home.resolve("out.txt").toFile()).start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        // It listens before it writes its number.
        while (!Files.exists(home.resolve("nginx.pid"))) {
            if (System.nanoTime() > end || nginx.waitFor(20, TimeUnit.MILLISECONDS))
                throw new TimeoutException("nginx did not start: " + Files.readString(home.resolve("out.txt")));
        }
    }

    /** Gives where {@link #serve} is reached on this machine, and nowhere else. */
    static String url() {
        return "http://127.0.0.1:" + HTTP_PORT;
    }

    /** Gives the second of the epoch of each request that was served. */
    List<Long> served() throws IOException {
        var text = Files.readString(log);
        // Of the last line half may be written.
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(time -> (long) Double.parseDouble(time)).toList();
    }

    private void delete() {
        try {
            if (nginx != null) nginx.destroy();
            if (nginx != null) nginx.waitFor();
            run("netns", "delete", name);
        } catch (IOException absent) {
            // It was never made, and that was said.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        delete();
    }
}
