import module java.base;

/**
 * Compares the response times that tools report with those that the server itself has measured: {@link Holding} holds each answer back for a programmed
 * time and knows from its own clock for how long it held what. The tools have another core.
 *
 * <p>Run it from the root after {@code mvn package}; a round takes twelve minutes, and it ends all it starts:
 *
 * <pre>
 * java distribution/bench/Truth.java          delays of 5, 50 and 500 ms, in one round
 * java distribution/bench/Truth.java 5,20 5   other delays, in milliseconds, in five rounds
 * java distribution/bench/Truth.java 5 2 150  Katydid settles for so many seconds after the delay begins, and not for 25: its compilers share its core, for minutes
 * </pre>
 *
 * <p>What a tool may say more than the server is the way through the kernel, twice, and the wait for its own turn. How much of it is the machine's, two things tell:
 * {@link Spinning}, and what was {@link Stolen} from the cores in each window of five seconds. A window in which at most {@value #SPARED} of a core was stolen counts as quiet.
 * The table is left in
 * {@code distribution/target/bench/truth.md}.
 */
final class Truth {
    private static final int USERS = 100;
    private static final int WINDOWS = 4;
    private static final int WINDOW_SECONDS = 5;
    /** Is one hundredth of a second, the least that is counted, in a window. */
    private static final double SPARED = 0.002;
    /** A few thousand requests a second are soon made, and late compiled, and the compiler has the same core: the first answers are not held. */
    private static final int UNHELD = 20;
    private static final int SETTLING = 25;
    /** Lets a tool be a little late with its start. */
    private static final int SLACK = 5;

    private Truth() {}

    /**
     * Is what a tool reported of a window, or of a whole run when it tells no more, beside what the server measured.
     *
     * @param stolen the share of the time that was stolen from a core
     */
    private record Compared(double stolen, int answers, Tool.Latency held, Tool.Latency reported) {

        static Compared of(double stolen, long[] held, Tool.Latency reported) { return new Compared(stolen, held.length, Times.latency(held), reported); }

        boolean quiet() { return stolen <= SPARED + 1e-4; }

        double moreAtP50() { return (reported.p50() - held.p50()) * 1000; }

        double moreAtP99() { return (reported.p99() - held.p99()) * 1000; }

        String text() {
            return "%,d answers, %.1f %% stolen, held for %.3f, %.3f ms, reported %.3f, %.3f: %.0f, %.0f µs more".formatted(answers, stolen * 100, held.p50(), held.p99(), reported.p50(),
                reported.p99(), moreAtP50(), moreAtP99());
        }
    }

    static void main(String[] args) throws Exception {
        var delays = Stream.of((args.length == 0 ? "5,50,500" : args[0]).split(",")).map(Integer::parseInt).toList();
        int rounds = args.length < 2 ? 1 : Integer.parseInt(args[1]);
        int settling = args.length < 3 ? SETTLING : Integer.parseInt(args[2]);
        var tools = Stream.<Tool>of(new Wrk(), new Spinning(), new Katydid(true), new Katydid(true, Katydid.Variant.BUSY_POLL)).filter(tool -> tool.missing().isEmpty()).toList();
        var home = Files.createTempDirectory("katydid-truth");
        var found = new LinkedHashMap<String, List<Compared>>();
        for (int round = 1; round <= rounds; round++) {
            for (int delay : delays) {
                for (var tool : tools) {
                    for (var compared : compare(tool, delay, settling, Files.createTempDirectory(home, "run"))) {
                        found.computeIfAbsent("%d ms | %s".formatted(delay, tool.name()), key -> new ArrayList<>()).add(compared);
                        IO.println("%tT round %d, %d ms, %s: %s".formatted(LocalTime.now(), round, delay, tool.name(), compared.text()));
                    }
                }
            }
        }
        var table = table(rounds, found);
        IO.println(table);
        Files.writeString(Files.createDirectories(Path.of("distribution/target/bench")).resolve("truth.md"), table);
    }

    private static String table(int rounds, Map<String, List<Compared>> found) {
        var head = """
            %d users, %d s each, rounds: %d; medians [least..most] of windows of %d s, of whole runs for wrk; quiet where at most %.1f %% of a core was stolen

            | held | tool | windows | reported more, µs: p50 | p99 | quiet ones | p50 | p99 |
            |---|---|---|---|---|---|---|---|
            """.formatted(USERS, WINDOWS * WINDOW_SECONDS, rounds, WINDOW_SECONDS, SPARED * 100);
        return head + found.entrySet().stream().map(entry -> "| %s | %s | %s |\n".formatted(entry.getKey(), row(entry.getValue()), row(entry.getValue().stream().filter(Compared::quiet).toList())))
            .collect(Collectors.joining());
    }

    private static String row(List<Compared> all) {
        return all.isEmpty() ? "0 | | " : "%d | %s | %s".formatted(all.size(), spread(all, Compared::moreAtP50), spread(all, Compared::moreAtP99));
    }

    private static String spread(List<Compared> all, ToDoubleFunction<Compared> figure) { return Figures.Spread.of(all.stream().mapToDouble(figure)).text("%.0f"); }

    private static List<Compared> compare(Tool tool, int delay, int usual, Path folder) throws Exception {
        var scenario = Scenario.closed("truth" + delay, "the server holds answers for " + delay + " ms", "/", USERS);
        int unheld = tool instanceof Katydid ? UNHELD : 0;
        int settling = tool instanceof Katydid ? usual : tool.warmUp(scenario);
        int warmUp = unheld + settling;
        try (var server = new Holding()) {
            var run = new Tool.Run(scenario, folder, server.url(), warmUp + WINDOWS * WINDOW_SECONDS + SLACK, warmUp);
            var variables = new HashMap<>(tool.environment(run));
            variables.put("BENCH_REQUESTS", folder.resolve(Variables.REQUESTS).toString());
            var process = Processes.start(0, folder.resolve("output.txt"), variables, tool.command(run));
            try {
                Thread.sleep(Duration.ofSeconds(unheld));
                server.hold(delay);
                Thread.sleep(Duration.ofSeconds(settling + SLACK / 2));
                var moments = moments();
                if (!process.waitFor(30, TimeUnit.SECONDS)) throw new IllegalStateException(tool.name() + " did not end. It said:\n" + run.said());
                return compare(tool, run, moments, server.held());
            } finally {
                if (process.isAlive()) Processes.end(process);
            }
        }
    }

    /** Gives what was stolen until the begin of the first window, and until the end of each. */
    private static List<Stolen> moments() throws Exception {
        var moments = new ArrayList<>(List.of(Stolen.now()));
        for (int window = 0; window < WINDOWS; window++) {
            Thread.sleep(Duration.ofSeconds(WINDOW_SECONDS));
            moments.add(Stolen.now());
        }
        return moments;
    }

    private static List<Compared> compare(Tool tool, Tool.Run run, List<Stolen> moments, Times held) throws IOException {
        var times = tool.times(run);
        var first = moments.getFirst();
        var last = moments.getLast();
        if (times.isEmpty()) {
            var said = run.said();
            var latency = tool.latency(run).orElseThrow(() -> new IllegalStateException(tool.name() + " told no times. It said:\n" + said));
            return List.of(Compared.of(last.shareSince(first), held.between(first.nanos(), last.nanos()), latency));
        }
        var windows = new ArrayList<Compared>();
        for (int i = 1; i < moments.size(); i++) {
            long from = moments.get(i - 1).nanos();
            long to = moments.get(i).nanos();
            windows.add(Compared.of(moments.get(i).shareSince(moments.get(i - 1)), held.between(from, to), Times.latency(times.get().between(from, to))));
        }
        return windows;
    }
}
