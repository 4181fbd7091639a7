import module java.base;

/** Tells a script what to do: all tools with scripts read the same variables. */
final class Variables {
    /** Is the file, in a run's folder, for how long each request took. */
    static final String REQUESTS = "requests";

    private Variables() {}

    static Map<String, String> of(Tool.Run run) {
        var scenario = run.scenario();
        return Map.of(
            "BENCH_PATH", scenario.path(),
            "BENCH_PERIOD", "" + (scenario.rate() == 0 ? 0 : (double) scenario.connections() / scenario.rate()),
            "BENCH_TRAITS", String.join(",", scenario.traits().stream().map(Enum::name).sorted().toList()),
            "BENCH_WARM_UP", "" + run.warmUp(),
            "BENCH_TIMES", run.folder().resolve("times.txt").toString());
    }
}
