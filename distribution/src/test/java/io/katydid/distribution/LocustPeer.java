package io.katydid.distribution;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Is a script on libzmq that plays a Locust master or worker, or means harm: its events are read, and it is told what to do. It ends with its test. */
final class LocustPeer implements AutoCloseable {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path SCRIPTS = Modules.ROOT.resolve("distribution/src/test/resources/peers");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int KEPT_LINES = 40;

    private final String name;
    private final Process process;
    private final Thread reader;
    private final List<JsonNode> events = new ArrayList<>();
    private final ArrayDeque<String> lastLines = new ArrayDeque<>();

    private LocustPeer(String name, List<String> command) throws IOException {
        this.name = name;
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader = Thread.ofPlatform().daemon().name(name).start(this::read);
    }

    /** Starts a master on a free loopback port. */
    static LocustPeer master(String... arguments) throws Exception {
        return start("locust_master.py", List.of(arguments));
    }

    /** Starts a worker of the master at this port. */
    static LocustPeer worker(int port, String... arguments) throws Exception {
        return start("locust_worker.py", withPort(port, arguments));
    }

    /** Starts one that means harm, against the master at this port. */
    static LocustPeer hostile(String mode, int port, String... arguments) throws Exception {
        var words = withPort(port, arguments);
        words.addAll(List.of("--mode", mode));
        return start("hostile.py", words);
    }

    /** Starts one that means harm to the worker that joins it. */
    static LocustPeer hostileMaster(String mode) throws Exception {
        return start("hostile.py", List.of("--mode", mode, "--as", "master"));
    }

    private static List<String> withPort(int port, String... arguments) {
        var words = new ArrayList<>(List.of("--port", Integer.toString(port)));
        words.addAll(List.of(arguments));
        return words;
    }

    private static LocustPeer start(String script, List<String> arguments) throws Exception {
        requireLibraries();
        var command = new ArrayList<>(List.of(PYTHON.toString(), "-B", SCRIPTS.resolve(script).toString()));
        command.addAll(arguments);
        return new LocustPeer(script, command);
    }

    /** Skips the test, or fails it where peers are required, when the scripts' two libraries are not installed. */
    static void requireLibraries() throws Exception {
        if (!evaluates("import zmq, msgpack")) abort(Peers.missing("python3-zmq with python3-msgpack"));
    }

    private static boolean evaluates(String source) throws Exception {
        if (!PYTHON.toFile().canExecute()) return false;
        return new ProcessBuilder(PYTHON.toString(), "-c", source).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }

    /** Gives what an expression of the scripts' module {@code wire} is, as they print it. */
    static String wire(String expression) throws Exception {
        requireLibraries();
        var process = new ProcessBuilder(PYTHON.toString(), "-B", "-c", "import wire; print(" + expression + ")")
            .directory(SCRIPTS.toFile())
            .redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) add(line);
        } catch (IOException closed) {
            // The process has ended.
        }
    }

    private void add(String line) {
        synchronized (events) {
            if (line.startsWith("{")) events.add(JsonMapper.shared().readTree(line));
            lastLines.add(line.length() > 300 ? line.substring(0, 300) + "…" : line);
            if (lastLines.size() > KEPT_LINES) lastLines.remove();
            events.notifyAll();
        }
    }

    /** Tells it to do something: the word, and what belongs to it. */
    void tell(String what, Map<String, ?> more) throws IOException {
        var command = JsonMapper.shared().createObjectNode().put("do", what);
        command.setAll((tools.jackson.databind.node.ObjectNode) JsonMapper.shared().valueToTree(more));
        process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    void tell(String what) throws IOException { tell(what, Map.of()); }

    /** Gives all it has said so far. */
    List<JsonNode> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    List<JsonNode> events(String event) { return events().stream().filter(each -> is(each, event)).toList(); }

    private static boolean is(JsonNode event, String name) { return event.get("event").stringValue().equals(name); }

    /** Gives the messages of a type that it has sent or received. */
    List<JsonNode> messages(String direction, String type) {
        return events(direction).stream().filter(each -> each.get("type").stringValue().equals(type)).toList();
    }

    /** Waits for the first event of this name. */
    JsonNode await(String event) throws Exception { return await(event, _ -> true); }

    /** Waits for the first event of this name in this state of things. */
    JsonNode await(String event, Predicate<JsonNode> condition) throws Exception {
        return await(event, 1, condition);
    }

    /** Waits for the event of this name that is the count-th to meet the condition. */
    JsonNode await(String event, int count, Predicate<JsonNode> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        synchronized (events) {
            while (true) {
                var found = events.stream().filter(each -> is(each, event) && condition.test(each)).skip(count - 1L).findFirst();
                if (found.isPresent()) return found.get();
                if (System.nanoTime() > end || ended())
                    throw new AssertionError(name + " did not say '" + event + "'" + ofCount(count) + ". " + story());
                events.wait(50);
            }
        }
    }

    private boolean ended() { return !process.isAlive() && !reader.isAlive(); }

    private static String ofCount(int count) { return count == 1 ? "" : " for the " + count + ". time"; }

    private String story() {
        return (process.isAlive() ? "It runs on." : "It ended with " + process.exitValue() + ".") + " Its last lines:\n"
            + String.join("\n", lastLines);
    }

    boolean isAlive() { return process.isAlive(); }

    /** Waits for its end, and gives its exit code. */
    int exitCode() throws Exception {
        if (!process.waitFor(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) throw new AssertionError(name + " did not end. " + story());
        reader.join();
        return process.exitValue();
    }

    @Override public void close() throws Exception {
        process.getOutputStream().close();
        if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
        reader.join();
    }
}
