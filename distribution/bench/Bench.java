import module java.base;

/**
 * Measures Katydid beside other load generators, on one nginx on this machine.
 *
 * <p>Run it from the root after {@code mvn package}:
 *
 * <pre>
 * java distribution/bench/Bench.java quick          three scenarios, at most six minutes
 * java distribution/bench/Bench.java full           all scenarios, each with the tools it tells something about, at most an hour
 * java distribution/bench/Bench.java gate           one scenario, three minutes; fails when a request costs more than twice the goal
 * java distribution/bench/Bench.java peers         gets Apache JMeter and Gatling from the Maven registry, to be measured too
 * java distribution/bench/Bench.java SCENARIO[,…] [ROUNDS] [SECONDS] [TOOL,…]
 * </pre>
 *
 * <p>Rounds are interleaved and a tool's warm-up is not counted. CPU per request is user and system time of a tool's processes from /proc over the server's own count of
 * requests between two instants; server and generator have a core each where taskset is installed. The table and a JSON file are left in {@code distribution/target/bench}.
 */
final class Bench {
    /** Is how many times wrk's CPU a request may cost at most, beside the noise of any machine: twice the goals. */
    static final Map<String, Double> GATE = Map.of("Katydid FastHttpUser", 2.4, "Katydid HttpUser", 2.8);
    private final Path home = Files.createTempDirectory("katydid-bench");
    private final Nginx nginx;
    private final Plan plan;

    private Bench(Plan plan) throws Exception {
        this.plan = plan;
        nginx = new Nginx(home, 1);
    }

    static void main(String[] args) throws Exception {
        var what = args.length == 0 ? "quick" : args[0];
        if (what.equals("peers")) {
            Peers.get();
            return;
        }
        var plan = plan(what, args).possible();
        if (plan.pairs().isEmpty()) throw new IllegalStateException("Nothing of it can be measured here. Install nginx and wrk, and build with mvn package.");
        IO.println("%d measurements in %d rounds, until about %s:%n%s".formatted(plan.pairs().size() * plan.rounds(), plan.rounds(),
            LocalTime.now().plus(plan.takes()).withNano(0), plan.text()));
        var bench = new Bench(plan);
        var folder = Files.createDirectories(Path.of("distribution/target/bench"));
        var report = bench.run(folder);
        IO.println("\n" + report.markdown());
        bench.nginx.close();
        if (what.equals("gate")) judge(report);
    }

    private static Plan plan(String what, String[] args) {
        return switch (what) {
            case "quick" -> Plan.quick();
            case "full" -> Plan.full();
            case "gate" -> Plan.gate();
            default -> Plan.of(Stream.of(what.split(",")).map(Scenario::named).toList(), tools(args.length > 3 ? args[3] : ""), number(args, 1, 5), number(args, 2, 5));
        };
    }

    /** Gives the tools whose names begin with one of these words. */
    private static List<Tool> tools(String words) {
        var chosen = Plan.all().stream().filter(tool -> Stream.of(words.toLowerCase(Locale.ROOT).split(",")).anyMatch(tool.name().toLowerCase(Locale.ROOT)::startsWith)).toList();
        if (chosen.isEmpty()) throw new IllegalArgumentException("There is no tool '" + words + "'. There are " + Plan.all().stream().map(Tool::name).toList() + ".");
        return chosen;
    }

    private static int number(String[] args, int at, int otherwise) { return args.length > at ? Integer.parseInt(args[at]) : otherwise; }

    private static void judge(Report report) {
        GATE.forEach((tool, most) -> {
            double times = report.times("c100", tool, "wrk").orElseThrow(() -> new IllegalStateException("There is nothing to judge: " + tool + " or wrk was not measured."));
            IO.println("%s: %.2f times wrk's CPU per request; at most %.1f".formatted(tool, times, most));
            if (times > most) throw new IllegalStateException("A request of " + tool + " costs %.2f times wrk's CPU, more than twice the goal (%.1f). See what it does per request.".formatted(times, most));
        });
    }

    /** Measures all of the plan. What is done is written after each round, so that an hour is not lost by its end. */
    private Report run(Path folder) throws Exception {
        var all = new LinkedHashMap<Plan.Pair, List<Measured>>();
        var left = new ArrayList<>(plan.pairs());
        var leftOut = new ArrayList<String>();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (var pair : List.copyOf(left)) {
                try {
                    var measured = measure(pair);
                    all.computeIfAbsent(pair, _ -> new ArrayList<>()).add(measured);
                    IO.println("%s round %d  %-10s %-22s %8.2f µs  %,9.0f/s  %5.0f MB".formatted(LocalTime.now().withNano(0), round, pair.scenario().name(), pair.tool().name(),
                        measured.cpuMicros(), measured.perSecond(), measured.rssMegabytes()));
                } catch (NothingSent silent) {
                    IO.println(silent.getMessage());
                    leftOut.add("%s in %s, which sent nothing in round %d".formatted(pair.tool().name(), pair.scenario().name(), round));
                    left.remove(pair);
                }
            }
            if (all.isEmpty()) throw new IllegalStateException("None of the tools sent anything. What each said is above.");
            report(all, leftOut).write(folder);
        }
        return report(all, leftOut);
    }

    private Report report(Map<Plan.Pair, List<Measured>> all, List<String> leftOut) {
        return new Report(all.entrySet().stream().map(entry -> new Figures(entry.getKey().scenario(), entry.getKey().tool().name(), entry.getValue())).toList(),
            leftOut, plan.rounds(), plan.seconds());
    }

    /** Says that a tool sent nothing, or had ended: it is left out, and the others are measured. */
    private static final class NothingSent extends Exception {
        private static final long serialVersionUID = 1;

        NothingSent(String text) { super(text); }
    }

    private Measured measure(Plan.Pair pair) throws Exception {
        var scenario = pair.scenario();
        int warmUp = plan.warmUp(pair);
        var run = new Tool.Run(scenario, Files.createTempDirectory(home, "run"), nginx.url(scenario.is(Scenario.Trait.TLS)), warmUp + plan.seconds() + 2, warmUp);
        var process = Processes.start(0, run.folder().resolve("output.txt"), pair.tool().environment(run), pair.tool().command(run));
        try {
            Thread.sleep(Duration.ofSeconds(warmUp));
            var cpu = Processes.cpu(process);
            long served = nginx.served();
            long begin = System.nanoTime();
            Thread.sleep(Duration.ofSeconds(plan.seconds()));
            var used = Processes.cpu(process).minus(cpu);
            double rss = Processes.rssMegabytes(process);
            double seconds = (System.nanoTime() - begin) / 1e9;
            long requests = nginx.served() - served - 1;
            if (requests < 1 || !process.isAlive()) throw new NothingSent(pair.tool().name() + " sent nothing in " + scenario.name() + " and is left out of it. It said:\n" + run.said());
            if (!process.waitFor(30, TimeUnit.SECONDS)) Processes.end(process);
            return new Measured(requests, seconds, used.per(requests), rss, pair.tool().latency(run));
        } finally {
            if (process.isAlive()) Processes.end(process);
        }
    }
}
