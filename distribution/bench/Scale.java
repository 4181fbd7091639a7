import module java.base;

/**
 * Measures how far one process goes: sleeping and connected users, how late they wake, names of requests, memory of a small run, and what happens when
 * descriptors run out.
 *
 * <p>Run it from the root after {@code mvn package}, on a quiet machine with 4 GB to spare; it takes some eleven minutes and ends all it starts:
 *
 * <pre>
 * java distribution/bench/Scale.java                     all of it
 * java distribution/bench/Scale.java sleepers,connected  some of it: sleepers, late, connected, names, small, descriptors
 * </pre>
 *
 * <p>Memory is what the process holds in all (VmRSS of /proc), some seconds after the last user has started. The table is left in {@code distribution/target/bench/scale.md}.
 */
final class Scale {
    private static final double GIB = 1024;
    private final Path home = Files.createTempDirectory("katydid-scale");
    private final List<String> rows = new ArrayList<>();
    private int runs;

    private Scale() throws IOException {}

    static void main(String[] args) throws Exception {
        var scale = new Scale();
        var parts = List.of(args.length == 0 ? new String[]{"sleepers", "late", "connected", "names", "small", "descriptors"} : args[0].split(","));
        IO.println("%d parts, until about %s: %s".formatted(parts.size(), LocalTime.now().plusMinutes(2L * parts.size()).withNano(0), parts));
        for (var part : parts) scale.measure(part);
        var table = "| what | figure |\n|---|---|\n" + String.join("\n", scale.rows) + "\n";
        Files.writeString(Files.createDirectories(Path.of("distribution/target/bench")).resolve("scale.md"), table);
        IO.println("\n" + table);
    }

    private void measure(String part) throws Exception {
        switch (part) {
            case "sleepers" -> sleepers();
            case "late" -> late();
            case "connected" -> connected();
            case "names" -> names();
            case "small" -> small();
            case "descriptors" -> descriptors();
            default -> throw new IllegalArgumentException("There is no part '" + part + "'. There are sleepers, late, connected, names, small and descriptors.");
        }
    }

    private void row(String what, String format, Object... values) {
        var row = "| " + what + " | " + String.format(Locale.ROOT, format, values) + " |";
        rows.add(row);
        IO.println(row);
    }

    /** Is a run of the product with users of one class. */
    private final class Run implements AutoCloseable {
        final Path folder = Files.createDirectories(home.resolve("run" + ++runs));
        final Process process;
        private final long begun = System.nanoTime();

        Run(String users, int count, Map<String, String> environment, List<String> before, String... more) throws IOException {
            var words = new ArrayList<>(before);
            words.addAll(List.of(Katydid.HOME + "/bin/katydid", "-f", "distribution/bench/users/ScaleUsers.java", "--headless", "-u", "" + count, "-r", "1000000"));
            words.addAll(List.of(more));
            words.add(users);
            var variables = new HashMap<>(Map.of("KATYDID_CACHE", home.resolve("cache").toString()));
            variables.putAll(environment);
            process = Processes.start(-1, folder.resolve("output.txt"), variables, words);
        }

        String said() throws IOException { return Files.readString(folder.resolve("output.txt")); }

        /** Waits for a text, and gives the seconds since the start. */
        double await(String text) throws Exception {
            long end = System.nanoTime() + 180_000_000_000L;
            while (!said().contains(text)) {
                if (!process.isAlive() || System.nanoTime() > end) throw new IllegalStateException("It did not say '" + text + "' but: " + said());
                Thread.sleep(20);
            }
            return (System.nanoTime() - begun) / 1e9;
        }

        /** Gives the megabytes it holds once that has not grown for five seconds, at most a minute from now. */
        double settled() throws Exception {
            double most = 0;
            int still = 0;
            for (int second = 0; second < 60 && still < 5; second++) {
                Thread.sleep(1000);
                double now = Processes.rssMegabytes(process);
                still = now > most * 1.005 ? 0 : still + 1;
                most = Math.max(most, now);
            }
            return most;
        }

        @Override public void close() {
            Processes.end(process);
        }
    }

    /** Gives the seconds between two lines of the log, which say when all users were asked for and when they are there. */
    private static double between(String said, String first, String second) {
        return Duration.between(stamp(said, first), stamp(said, second)).toMillis() / 1000.0;
    }

    private static LocalTime stamp(String said, String text) {
        var line = said.lines().filter(each -> each.contains(text)).findFirst().orElseThrow();
        return LocalTime.parse(line.substring(12, 24).replace(',', '.'));
    }

    private void sleepers() throws Exception {
        double least = 0;
        for (int users : new int[]{1_000, 10_000, 100_000, 250_000, 1_000_000}) {
            try (var run = new Run("Sleeper", users, Map.of(), List.of())) {
                run.await("All users spawned");
                double seconds = between(run.said(), "Ramping to", "All users spawned");
                double megabytes = run.settled();
                if (users == 1_000) least = megabytes;
                row("%,d sleeping users".formatted(users), "%,.0f MB; %,.0f users started per second; %,.0f B more per user; %,.0f users per GiB", megabytes,
                    users / Math.max(0.001, seconds), (megabytes - least) * 1048576 / users, users / (megabytes / GIB));
            }
        }
    }

    private void late() throws Exception {
        for (int users : new int[]{1_000, 10_000, 100_000}) {
            var times = home.resolve("late" + users);
            try (var run = new Run("Ticker", users, Map.of("SCALE_LATE", times.toString()), List.of(), "-r", "" + users / 5, "-t", "75s")) {
                if (!run.process.waitFor(120, TimeUnit.SECONDS)) throw new IllegalStateException("It did not end: " + run.said());
                var parts = Files.readString(times).strip().split(" ");
                row("%,d users that wake each second".formatted(users), "late by %s µs at the median, %s µs at 99 %%, %s µs at most, of %s", parts[1], parts[2], parts[3], parts[0]);
            }
        }
    }

    private void connected() throws Exception {
        try (var nginx = new Nginx(Files.createTempDirectory(home, "nginx"), -1)) {
            double least = 0;
            for (int users : new int[]{1_000, 15_000}) {
                long before = nginx.served();
                try (var run = new Run("Connected", users, Map.of(), List.of(), "-H", nginx.url(false), "-r", "2000")) {
                    run.await("All users spawned");
                    double megabytes = run.settled();
                    long answered = nginx.served() - before - 1;
                    if (users == 1_000) least = megabytes;
                    double more = (megabytes - least) * 1048576 / Math.max(1, users - 1_000);
                    row("%,d connected users".formatted(users), "%,.0f MB; %,d requests served", megabytes, answered);
                    if (users > 1_000) row("each connected user beyond 1,000", "%,.0f B; %,.0f users per GiB at that", more, GIB * 1048576 / more);
                }
            }
        }
    }

    private void names() throws Exception {
        for (var names : List.of("one", "own", "each")) {
            try (var run = new Run("Namer", 1_000, Map.of("SCALE_NAMES", names), List.of(), "-t", "30s", "--json", run(names).toString())) {
                run.await("All users spawned");
                double most = 0;
                while (run.process.isAlive()) {
                    most = Math.max(most, Processes.rssMegabytes(run.process));
                    run.process.waitFor(200, TimeUnit.MILLISECONDS);
                }
                var report = Files.readString(run(names));
                long rows = Pattern.compile("\"name\"\\s*:").matcher(report).results().count();
                long samples = Pattern.compile("\"num_requests\"\\s*:\\s*(\\d+)").matcher(report).results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
                row("1,000 users with 100 samples a second each, " + Map.of("one", "one name", "own", "1,000 names", "each", "a name each").get(names),
                    "%,.0f MB at most; %,d names in the report, %,d samples", most, rows, samples);
            }
        }
    }

    private Path run(String names) { return home.resolve(names + ".json"); }

    private void small() throws Exception {
        try (var nginx = new Nginx(Files.createTempDirectory(home, "nginx"), -1)) {
            var cache = Map.of("KATYDID_CACHE", home.resolve("fresh").toString());
            for (var which : List.of("first run, with the compiler", "second run, script cached")) {
                try (var run = new Run("Browser", 100, cache, List.of(), "-H", nginx.url(false), "-t", "15s")) {
                    double most = 0;
                    while (run.process.isAlive()) {
                        most = Math.max(most, Processes.rssMegabytes(run.process));
                        run.process.waitFor(100, TimeUnit.MILLISECONDS);
                    }
                    row("100 users, headless, " + which, "%,.0f MB at most", most);
                }
            }
        }
    }

    private void descriptors() throws Exception {
        try (var nginx = new Nginx(Files.createTempDirectory(home, "nginx"), -1);
            var run = new Run("Connected", 1_000, Map.of(), List.of("bash", "-c", "ulimit -n 300; exec \"$0\" \"$@\""), "-H", nginx.url(false), "-t", "10s")) {
            if (!run.process.waitFor(120, TimeUnit.SECONDS)) throw new IllegalStateException("It did not end: " + run.said());
            var said = run.said().lines().filter(line -> line.contains("open file limit") || line.contains("Too many open files. Raise")).map(String::strip).collect(Collectors.joining("; "));
            row("1,000 connected users with 300 descriptors", "exit code %d; it said: %s", run.process.exitValue(), said.isEmpty() ? "(nothing of descriptors)" : said);
        }
    }
}
