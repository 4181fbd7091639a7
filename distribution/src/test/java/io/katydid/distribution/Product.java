package io.katydid.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the exploded distribution as its users do: the launcher, a working folder, two streams and an exit code.
 *
 * <p>Nearly all runs of the tests last a second or two, and most of the work of such a run is to load classes and to compile them well for a load that never comes.
 * So they start with the cache of {@code katydid warm-up}, and only the first of the JVM's compilers; {@link #cold} is for tests that measure.
 */
final class Product {
    static final Path HOME = Modules.ROOT.resolve("distribution/target/katydid");
    private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration DUMP_PATIENCE = Duration.ofSeconds(5);
    private static final String LAST_OF_DUMP = "JNI global refs";

    private final Path folder;
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private Path input = Path.of("/dev/null");
    private boolean cold;

    Product(Path folder) { this(folder, HOME); }

    private Product(Path folder, Path home) {
        this.folder = folder;
        this.home = home;
        environment.put("KATYDID_CACHE", folder.resolve("cache").toString());
        environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        environment.put("HOME", folder.toString());
        environment.put("NO_COLOR", "1");
    }

    /** Gives a product with folders of bundles of its own, for tests that change them. */
    static Product installedIn(Path folder) throws IOException {
        var home = Files.createDirectories(folder.resolve("katydid"));
        for (var part : List.of("bin", "lib", "bundles")) {
            Files.createDirectories(home.resolve(part));
            try (var files = Files.list(HOME.resolve(part))) {
                for (var file : files.filter(Files::isRegularFile).toList())
                    Files.copy(file, home.resolve(part).resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.createDirectories(home.resolve("plugins"));
        return new Product(folder, home);
    }

    /** Copies a folder with all that is in it. */
    static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) Files.createDirectories(target);
                else Files.copy(file, target);
            }
        }
    }

    Path home() { return home; }

    /** Is how a run ended. */
    record Ended(int exitCode, String out, String err, Duration took) {

        JsonNode json() { return JsonMapper.shared().readTree(out); }

        long requests() { return json().valueStream().mapToLong(entry -> entry.get("num_requests").asLong()).sum(); }

        long failures() { return json().valueStream().mapToLong(entry -> entry.get("num_failures").asLong()).sum(); }
    }

    /** Leaves a variable as it is for people at a terminal: not set. */
    Product without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** Starts it as it is once unpacked: without the AOT cache that the tests share, and with all compilers. */
    Product cold() {
        cold = true;
        return this;
    }

    /** Gives the run this text as standard input. */
    Product input(String text) throws IOException {
        input = Files.writeString(Files.createTempFile(folder, "in", ".txt"), text);
        return this;
    }

    Product with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path script(String name, String source) throws IOException { return Files.writeString(folder.resolve(name), source); }

    Ended run(String... arguments) throws Exception { return start(arguments).await(); }

    Running start(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(home.resolve("bin/katydid").toString());
        command.addAll(List.of(arguments));
        return startCommand(command);
    }

    /** Starts any command as the launcher is started. */
    Running startCommand(List<String> words) throws IOException {
        var out = Files.createTempFile(folder, "out", ".txt");
        var err = Files.createTempFile(folder, "err", ".txt");
        var builder = builder(words).redirectOutput(out.toFile()).redirectError(err.toFile()).redirectInput(input.toFile());
        return new Running(builder.start(), out, err, System.nanoTime());
    }

    /** Prepares any command in the working folder with the clean environment. */
    ProcessBuilder builder(List<String> words) throws IOException {
        if (!cold) warmUp();
        var command = new ArrayList<String>();
        // A build in the background of a shell ignores Ctrl-C, and so would all that it starts.
        if (ignoresInterrupts("self")) command.addAll(List.of("env", "--default-signal=INT"));
        command.addAll(words);
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet()
            .removeIf(name -> name.startsWith("KATYDID_") || name.startsWith("LOCUST_") || name.equals("NO_COLOR"));
        builder.environment().putAll(environment);
        return builder;
    }

    private void warmUp() throws IOException {
        environment.putIfAbsent("KATYDID_JAVA_OPTS", FIRST_COMPILER);
        // The cache fits one folder of jars.
        if (home.equals(HOME) && environment.get("KATYDID_CACHE") instanceof String caches) WarmCache.linkInto(folder.resolve(caches));
    }

    /** Tells whether a process was started with SIGINT ignored; false where that cannot be known. */
    static boolean ignoresInterrupts(String process) throws IOException {
        var status = Path.of("/proc", process, "status");
        if (!Files.isReadable(status)) return false;
        var mask = Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:")).findFirst().orElse("SigIgn: 0");
        return (Long.parseUnsignedLong(mask.replaceFirst("SigIgn:\\s*", ""), 16) & 2) != 0;
    }

    /** Is a run that goes on. */
    record Running(Process process, Path out, Path err, long startNanos) {

        Ended await() throws Exception {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new TimeoutException(
                    "The run did not end within " + PATIENCE + ". It said:\n" + Files.readString(err) + Files.readString(out));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err),
                Duration.ofNanos(System.nanoTime() - startNanos));
        }

        /** Waits until the run has said something on either stream. */
        void awaitText(String text) throws Exception {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!(Files.readString(err) + Files.readString(out, StandardCharsets.UTF_8)).contains(text)) {
                if (!process.isAlive() || System.nanoTime() > end)
                    throw new TimeoutException("Waited for '" + text + "' of a run that " + (process.isAlive() ? "goes on"
                        : "ended with exit code " + process.exitValue()) + ". It said:\n" + Files.readString(err) + Files.readString(out));
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }

        void signal(String name) throws Exception {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
        }

        /** Tells how it ended, or has it say what its threads do; those of a JVM that no longer can are told as the kernel sees them. */
        String state() throws Exception {
            if (!process.isAlive()) return "ended with exit code " + process.exitValue();
            signal("QUIT");
            long end = System.nanoTime() + DUMP_PATIENCE.toNanos();
            while (!Files.readString(out).contains(LAST_OF_DUMP)) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) return "ended with exit code " + process.exitValue();
                if (System.nanoTime() > end) return "goes on, and does not tell what its threads do:\n" + kernelsView();
            }
            return "goes on";
        }

        /** Gives the name, the state and the processor time of each thread. */
        private String kernelsView() throws IOException {
            var view = new StringBuilder();
            try (var threads = Files.list(Path.of("/proc", "" + process.pid(), "task"))) {
                for (var thread : threads.sorted().toList()) view.append(Files.readString(thread.resolve("stat")));
            }
            return view.toString();
        }
    }
}
