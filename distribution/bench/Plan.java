import module java.base;

/**
 * Is what a bench is to measure.
 *
 * @param pairs tools by the scenarios they are measured in
 * @param seconds of one measurement
 * @param patience seconds by which warm-ups of tools that compile are longer
 */
record Plan(List<Pair> pairs, int rounds, int seconds, int patience) {
    /** Is for all plans but the one that is bound to few minutes. */
    private static final int PATIENT = 14;

    record Pair(Scenario scenario, Tool tool) {}

    /** Takes six minutes. */
    static Plan quick() {
        var pairs = new ArrayList<Pair>();
        for (var tool : List.of(new Wrk(), new Katydid(true), new Katydid(false), new Locust(true))) pairs.add(new Pair(Scenario.named("c100"), tool));
        for (var tool : List.of(new Wrk(), new Katydid(true))) pairs.add(new Pair(Scenario.named("tls"), tool));
        pairs.add(new Pair(Scenario.named("r20000"), new Katydid(true)));
        return new Plan(pairs, 3, 5, 0);
    }

    /** Takes an hour: each scenario with the tools it tells something about, in two rounds; name scenarios for more rounds and for all tools. */
    static Plan full() {
        return new Plan(pairs(Scenario.ALL, all()).stream().filter(Plan::isTelling).toList(), 2, 5, PATIENT);
    }

    /** In an hour not all can have the time that those who compile while they run need to get as fast as they are in a test. */
    private static boolean isTelling(Pair pair) {
        var scenario = pair.scenario;
        boolean usersCompared = scenario.name().equals("c100") || scenario.is(Scenario.Trait.JOURNEY);
        return switch (pair.tool) {
            case Katydid(boolean fast, _) -> fast || usersCompared;
            case Locust(boolean fast) -> fast || usersCompared;
            case JMeter _, Gatling _ -> scenario.connections() > 1 && !scenario.isDelayed();
            default -> true;
        };
    }

    /** Is a look at whether requests got dearer, of three minutes. */
    static Plan gate() { return of(List.of(Scenario.named("c100")), List.of(new Wrk(), new Katydid(true), new Katydid(false)), 3, 4); }

    static List<Tool> all() { return List.of(new Wrk(), new Katydid(true), new Katydid(false), new Katydid(true, Katydid.Variant.NATIVE_TLS), new Katydid(true, Katydid.Variant.FALLBACK), new Katydid(true, Katydid.Variant.BUSY_POLL), new Hey(), new JMeter(), new Gatling(), new Locust(true),
        new Locust(false)); }

    static Plan of(List<Scenario> scenarios, List<Tool> tools, int rounds, int seconds) {
        return new Plan(pairs(scenarios, tools), rounds, seconds, PATIENT);
    }

    private static List<Pair> pairs(List<Scenario> scenarios, List<Tool> tools) {
        return scenarios.stream().flatMap(scenario -> tools.stream().map(tool -> new Pair(scenario, tool))).toList();
    }

    /** Leaves out what cannot be measured here, and says why. */
    Plan possible() {
        pairs.stream().map(Pair::tool).distinct().forEach(tool -> tool.missing().ifPresent(why -> IO.println("left out: " + tool.name() + ", " + why)));
        boolean delays = Files.exists(Nginx.ECHO);
        if (!delays && pairs.stream().anyMatch(pair -> pair.scenario.isDelayed())) IO.println("left out: delays, nginx has no echo module (libnginx-mod-http-echo)");
        var doable = doable();
        return new Plan(doable.pairs.stream().filter(pair -> pair.tool.missing().isEmpty() && (delays || !pair.scenario.isDelayed())).toList(), rounds, seconds, patience);
    }

    /** Leaves out what a tool has no way to do. */
    Plan doable() { return new Plan(pairs.stream().filter(pair -> pair.tool.does(pair.scenario)).toList(), rounds, seconds, patience); }

    /** Gives how long a tool runs before it is measured, in seconds. */
    int warmUp(Pair pair) { return pair.tool.warmUp(pair.scenario) + (pair.tool.compiles() ? patience : 0); }

    /** Gives how long it takes. */
    Duration takes() { return Duration.ofSeconds(10 + (long) rounds * pairs.stream().mapToInt(pair -> warmUp(pair) + seconds + around(pair.tool)).sum()); }

    /** What a measurement takes beside its warm-up and itself, in seconds: to start, to end, and to leave the machine in peace. */
    private static int around(Tool tool) { return tool.compiles() ? 6 : 3; }

    String text() {
        var byScenario = new LinkedHashMap<String, List<String>>();
        for (var pair : pairs) byScenario.computeIfAbsent(pair.scenario.name() + ", " + pair.scenario.words(), _ -> new ArrayList<>()).add(pair.tool.name());
        return byScenario.entrySet().stream().map(entry -> "  " + entry.getKey() + ": " + String.join(", ", entry.getValue())).collect(Collectors.joining("\n"));
    }
}
