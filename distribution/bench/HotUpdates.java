import module java.base;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Shows what hot loading costs a test that runs: the bundle {@code http} is updated again and again, and now and then taken away and put back, under users that use it, beside an equally long control run without any change, on one nginx.
 *
 * <p>Run it from the root after {@code mvn package}: {@code java distribution/bench/HotUpdates.java [updates] [seconds]}, 20 updates and 60 s by default. Each fifth change installs and removes another
 * plugin besides. It needs nginx, loads the loopback only, and ends what it starts. Printed: requests as nginx and Katydid count them, requests/s, how late timers of the loops were (a user
 * that sleeps 1 ms each time, on each loop; median, p99, p99.9 and the latest), and, of 50 updates and more, the metaspace after two forced
 * collections after the 10th, the 50th and the last: a forced collection would count as lateness in a shorter run.
 */
class HotUpdates {
    static final Path DISTRIBUTION = Path.of("distribution/target/katydid").toAbsolutePath();
    static final Pattern METASPACE = Pattern.compile("(?s)Total Usage.*?Both:.*?committed,\\s+([\\d.]+) KB[^\\n]*used");
    static final String SCRIPT = """
        import io.katydid.api.*;
        import io.katydid.api.event.*;
        import io.katydid.http.*;
        import java.util.concurrent.ConcurrentHashMap;
        import java.util.concurrent.atomic.LongAdder;

        class Busy extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constant(PAUSE); }

            @Task void home() { client.get("/", name("home")); }
        }

        @FixedCount(2) class Probe extends User {
            @Task void late() {
                var counts = Late.counts(environment());
                for (int i = 0; i < 500; i++) {
                    long begin = System.nanoTime();
                    sleep(0.001);
                    counts.computeIfAbsent((System.nanoTime() - begin - 1_000_000) / 100_000, _ -> new LongAdder()).increment();
                }
            }
        }

        class Late {
            /** Tenths of a millisecond and how often; of the environment, so that it outlives each update. */
            @SuppressWarnings("unchecked") static ConcurrentHashMap<Long, LongAdder> counts(Environment environment) {
                return environment.shared("late", ConcurrentHashMap.class, ConcurrentHashMap::new);
            }

            @Listen static void end(TestStop event) throws Exception {
                var lines = new StringBuilder();
                new java.util.TreeMap<Long, LongAdder>(counts(event.environment())).forEach((tenths, count) -> lines.append(tenths).append(' ').append(count).append('\\n'));
                java.nio.file.Files.writeString(java.nio.file.Path.of("late.txt"), lines);
            }
        }
        """;

    final Path home = Files.createTempDirectory("katydid-hot");
    final Path jdk = Path.of(System.getProperty("java.home"), "bin");
    final Nginx nginx = new Nginx(home, -1);

    private HotUpdates() throws Exception {}

    record Result(long served, long reported, long failed, double perSecond, double median, double p99, double p999, double max, List<Double> metaspace) {}

    static void main(String[] args) throws Exception {
        int updates = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        double pause = args.length > 2 ? Double.parseDouble(args[2]) : 0;
        var bench = new HotUpdates();
        IO.println("Two runs of %d s, the second with %d updates; ends about %s.".formatted(seconds, updates, LocalTime.now().plusSeconds(2L * seconds + 40).withNano(0)));
        try {
            show("control", bench.run(0, seconds, pause));
            show("updates", bench.run(updates, seconds, pause));
        } finally {
            bench.nginx.close();
        }
    }

    static void show(String name, Result of) {
        IO.println("%-8s served %,d, reported %,d, failed %d; %,.0f requests/s; late by %.1f ms (median), %.1f (p99), %.1f (p99.9), %.1f (latest); metaspace MB %s".formatted(
            name, of.served, of.reported, of.failed, of.perSecond, of.median, of.p99, of.p999, of.max,
            of.metaspace.stream().map("%.2f"::formatted).toList()));
    }

    Result run(int updates, int seconds, double pause) throws Exception {
        var folder = Files.createTempDirectory(home, "run");
        var product = install(folder);
        Files.writeString(folder.resolve("Busy.java"), SCRIPT.replace("PAUSE", "" + pause));
        long before = nginx.served();
        var builder = new ProcessBuilder(product.resolve("bin/katydid").toString(), "-f", "Busy.java", "-H", nginx.url(false), "--headless", "-u", "102", "-r", "100", "-t", (seconds + 5) + "s",
            "--json-file", "out").directory(folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().put("KATYDID_CACHE", folder.resolve("cache").toString());
        var process = builder.start();
        try {
            Thread.sleep(5_000);
            long began = System.nanoTime();
            long counted = nginx.served();
            var metaspace = new ArrayList<Double>();
            for (int i = 1; i <= updates; i++) {
                if (i % 5 == 4) {
                    // Taken away, and back a little later in another version: the users run on meanwhile.
                    var bundle = Files.move(bundle(product), product.resolve("away.jar"));
                    Thread.sleep(1_000);
                    Files.move(bundle, product.resolve("bundles/katydid-http-again.jar"));
                }
                replace(product, i);
                if (i % 5 == 1) Files.copy(other(folder), product.resolve("plugins/other-1.0.jar"));
                if (i % 5 == 3) Files.deleteIfExists(product.resolve("plugins/other-1.0.jar"));
                sleepUntil(began + i * (seconds - 3) * 1_000_000_000L / updates);
                if (updates >= 50 && (i == 10 || i == 50 || i == updates)) metaspace.add(metaspace(process.pid()));
            }
            sleepUntil(began + (seconds - 3) * 1_000_000_000L);
            double perSecond = (nginx.served() - counted) / ((System.nanoTime() - began) / 1e9);
            process.waitFor();
            return result(folder, nginx.served() - before - 3, perSecond, metaspace);
        } finally {
            process.destroy();
        }
    }

    static void sleepUntil(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) Thread.sleep(Duration.ofNanos(left));
    }

    Result result(Path folder, long served, double perSecond, List<Double> metaspace) throws IOException {
        var json = Files.readString(folder.resolve("out.json"));
        long reported = sum(json, "\"num_requests\"\\s*:\\s*(\\d+)");
        long failed = sum(json, "\"num_failures\"\\s*:\\s*(\\d+)");
        var late = new TreeMap<Long, Long>();
        for (var line : Files.readAllLines(folder.resolve("late.txt"))) {
            var parts = line.split(" ");
            late.put(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }
        return new Result(served, reported, failed, perSecond, at(late, 0.5), at(late, 0.99), at(late, 0.999), late.lastKey() / 10.0, metaspace);
    }

    static long sum(String json, String pattern) { return Pattern.compile(pattern).matcher(json).results().mapToLong(found -> Long.parseLong(found.group(1))).sum(); }

    static double at(TreeMap<Long, Long> late, double share) {
        long left = (long) (late.values().stream().mapToLong(Long::longValue).sum() * share);
        for (var entry : late.entrySet()) {
            left -= entry.getValue();
            if (left < 0) return entry.getKey() / 10.0;
        }
        return Double.NaN;
    }

    /** Copies the distribution, so that its folders are this run's. */
    static Path install(Path folder) throws IOException {
        var to = Files.createDirectories(folder.resolve("katydid"));
        for (var part : List.of("bin", "lib", "bundles")) {
            Files.createDirectories(to.resolve(part));
            try (var files = Files.list(DISTRIBUTION.resolve(part))) {
                for (var file : files.toList()) Files.copy(file, to.resolve(part).resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.createDirectories(to.resolve("plugins"));
        return to;
    }

    static Path bundle(Path product) throws IOException {
        try (var files = Files.list(product.resolve("bundles"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("katydid-http-")).findFirst().orElseThrow();
        }
    }

    void replace(Path product, int number) throws IOException {
        var bundle = bundle(product);
        var part = product.resolve("new.part");
        try (var jar = new JarFile(bundle.toFile())) {
            var manifest = new Manifest(jar.getManifest());
            manifest.getMainAttributes().putValue("Bundle-Version", "1.0." + number);
            write(part, manifest, jar);
        }
        Files.move(part, bundle, StandardCopyOption.ATOMIC_MOVE);
    }

    static void write(Path to, Manifest manifest, JarFile jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(to), manifest)) {
            for (var entry : Collections.list(jar.entries())) {
                if (entry.isDirectory() || entry.getName().equals(JarFile.MANIFEST_NAME)) continue;
                out.putNextEntry(new JarEntry(entry.getName()));
                jar.getInputStream(entry).transferTo(out);
            }
        }
    }

    /** Gives a plugin that has nothing to do with the users. */
    Path other(Path folder) throws Exception {
        var jar = folder.resolve("other.jar");
        if (Files.exists(jar)) return jar;
        var source = Files.createDirectories(folder.resolve("src/other")).resolve("Other.java");
        Files.writeString(source, "package other; @io.katydid.api.Extension public class Other implements io.katydid.api.Plugin {}");
        var classes = folder.resolve("classes");
        try (var lib = Files.list(DISTRIBUTION.resolve("lib"))) {
            var api = lib.filter(file -> file.getFileName().toString().startsWith("katydid-api-")).findFirst().orElseThrow();
            command(jdk.resolve("javac").toString(), "-cp", api.toString(), "-d", classes.toString(), source.toString());
        }
        command(jdk.resolve("jar").toString(), "cf", jar.toString(), "-C", classes.toString(), ".");
        return jar;
    }

    /** Gives the metaspace in use after two collections, in MB. */
    double metaspace(long pid) throws Exception {
        for (int i = 0; i < 2; i++) command(jdk.resolve("jcmd").toString(), "" + pid, "GC.run");
        var found = METASPACE.matcher(command(jdk.resolve("jcmd").toString(), "" + pid, "VM.metaspace", "scale=KB"));
        if (!found.find()) throw new IllegalStateException("jcmd did not tell the metaspace");
        return Double.parseDouble(found.group(1)) / 1024;
    }

    static String command(String... words) throws Exception {
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) throw new IllegalStateException(String.join(" ", words) + " failed: " + said);
        return said;
    }
}
