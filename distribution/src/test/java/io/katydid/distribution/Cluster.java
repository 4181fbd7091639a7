package io.katydid.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Is a master and its workers as processes of this machine, which share a script and a port; each has a folder of its own. All end with the test. */
final class Cluster implements AutoCloseable {
    /** Names what test classes with several processes of their own take turns at: two such at once are late with their heartbeats. */
    static final String PROCESSES = "processes of a cluster";
    private static final Pattern TOTALS = Pattern.compile("Aggregated\\s+(\\d+)\\s+(\\d+)\\(");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private final Path folder;
    private final Path script;
    private final int port;
    private final List<Node> nodes = new ArrayList<>();

    /**
     * Is one process of it.
     *
     * @param running the process
     * @param folder where it works
     */
    record Node(Product.Running running, Path folder) {
        private static final long TICKS_PER_SECOND = 100;

        String said() throws IOException { return Files.readString(running.err()) + Files.readString(running.out()); }

        /** Gives the seconds of processor time it has used so far. */
        double cpuSeconds() throws IOException {
            var text = Files.readString(proc("stat"));
            var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_PER_SECOND;
        }

        /** Gives the memory it has in use, in MiB. */
        long residentMebibytes() throws IOException {
            var line = Files.readAllLines(proc("status")).stream().filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D+", "")) / 1024;
        }

        private Path proc(String file) { return Path.of("/proc", Long.toString(running.process().pid()), file); }

        /** Gives the files it has written, without those of its streams. */
        List<Path> files() throws IOException {
            try (var files = Files.list(folder)) {
                return files.filter(file -> !file.getFileName().toString().matches("(out|err|in).*\\.txt")).toList();
            }
        }
    }

    Cluster(Path folder, String source) throws IOException {
        this(folder, source, Ports.free());
    }

    Cluster(Path folder, String source, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        script = Files.writeString(folder.resolve("Script.java"), source);
    }

    int port() { return port; }

    Node master(String... more) throws IOException {
        return start("master", List.of("--master", "--master-bind-host", "127.0.0.1", "--master-bind-port", "" + port, "--headless",
            "--wait-for-workers-report-after-ramp-up", "30"), more);
    }

    Node worker(String... more) throws IOException { return workerOf(port, more); }

    /** Starts a worker that reaches its master by another port. */
    Node workerOf(int masterPort, String... more) throws IOException {
        return start("worker", List.of("--worker", "--master-host", "127.0.0.1", "--master-port", "" + masterPort), more);
    }

    List<Node> workers(int count, String... more) throws IOException {
        var workers = new ArrayList<Node>();
        for (int i = 0; i < count; i++) workers.add(worker(more));
        return workers;
    }

    /** Starts a process with the script and whatever else. */
    Node start(String role, List<String> arguments, String... more) throws IOException {
        return startBy(List.of(), Map.of(), role, arguments, more);
    }

    /** Starts a process by a command that becomes what follows it, with more variables. */
    Node startBy(List<String> command, Map<String, String> environment, String role, List<String> arguments, String... more)
        throws IOException {
        var own = Files.createDirectories(folder.resolve(role + nodes.size()));
        var product = new Product(own).with("KATYDID_CACHE", folder.resolve("cache").toString());
        environment.forEach(product::with);
        var words = new ArrayList<>(command);
        words.addAll(List.of(product.home().resolve("bin/katydid").toString(), "-f", script.toString()));
        words.addAll(arguments);
        words.addAll(List.of(more));
        var node = new Node(product.startCommand(words), own);
        nodes.add(node);
        return node;
    }

    /** Gives the requests in the master's last table. */
    static long requests(Product.Ended master) {
        var totals = TOTALS.matcher(master.out() + master.err()).results().map(found -> Long.parseLong(found.group(1))).toList();
        if (totals.isEmpty()) throw new AssertionError("The master printed no table:\n" + master.out() + master.err());
        return totals.getLast();
    }

    /** Is something that becomes true. */
    interface Condition {

        boolean holds() throws Exception;
    }

    /** Waits until the condition holds, as long as a slow machine may need. */
    void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            if (System.nanoTime() > end) throw new TimeoutException("Waited for " + what + ". " + story());
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private String story() throws Exception {
        var story = new StringBuilder();
        for (var node : nodes)
            story.append('\n').append(node.folder.getFileName()).append(' ').append(node.running.state()).append(". It said:\n")
                .append(node.said());
        return story.toString();
    }

    @Override public void close() throws Exception {
        for (var node : nodes) node.running.process().destroyForcibly();
        for (var node : nodes) node.running.process().waitFor();
    }
}
