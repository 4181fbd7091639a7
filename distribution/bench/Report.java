import module java.base;

/** Writes what was measured, as a table in Markdown and as JSON. */
final class Report {
    private final List<Figures> all;
    private final List<String> leftOut;
    private final int rounds;
    private final int seconds;

    /** Makes one; {@code leftOut} is what was planned and could not be measured. */
    Report(List<Figures> all, List<String> leftOut, int rounds, int seconds) {
        this.all = all;
        this.leftOut = List.copyOf(leftOut);
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /** Writes {@code bench.md} and {@code bench.json}. */
    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("bench.md"), markdown());
        Files.writeString(folder.resolve("bench.json"), json());
    }

    String markdown() {
        var text = new StringBuilder("Medians of %d interleaved rounds of %d s [least..greatest]. CPU is user + system time of the tool's processes, requests are the server's own count.\n".formatted(rounds, seconds));
        for (var scenario : all.stream().map(Figures::scenario).distinct().toList()) {
            var ofIt = all.stream().filter(one -> one.scenario().equals(scenario)).toList();
            text.append("\n**").append(scenario.name()).append("**: ").append(scenario.words()).append("\n\n")
                .append("| tool | CPU µs/request | user / system | x wrk | x Locust | requests/s | RSS MB | p50 ms | p99 ms |\n|---|---|---|---|---|---|---|---|---|\n");
            for (var one : ofIt) text.append(row(one));
        }
        if (!leftOut.isEmpty()) text.append("\nLeft out: ").append(String.join("; ", leftOut)).append(".\n");
        return text.toString();
    }

    private String row(Figures one) {
        return "| %s | %s | %.2f / %.2f | %s | %s | %,.0f | %.0f | %s | %s |%n".formatted(one.tool(), one.cpu().text("%.2f"), one.of(m -> m.cpu().user()).median(),
            one.of(m -> m.cpu().system()).median(), ratio(one, "wrk"), ratio(one, "Locust FastHttpUser"), one.of(Measured::perSecond).median(), one.of(Measured::rssMegabytes).median(),
            one.latency(Tool.Latency::p50).map(spread -> spread.text("%.3f")).orElse(""), one.latency(Tool.Latency::p99).map(spread -> spread.text("%.3f")).orElse(""));
    }

    /** Compares with another tool in the same scenario; at a fixed rate, which wrk has not, with wrk at its most in the session. */
    private String ratio(Figures one, String other) {
        return find(one.scenario(), other).or(() -> one.scenario().rate() > 0 ? find(Scenario.named("c100"), other) : Optional.empty())
            .map(base -> "%.3f".formatted(one.cpu().median() / base.cpu().median())).orElse("");
    }

    private Optional<Figures> find(Scenario scenario, String tool) {
        return all.stream().filter(one -> one.scenario().equals(scenario) && one.tool().equals(tool)).findFirst();
    }

    /** Finds how many times the CPU of a tool a request costs another in a scenario. */
    OptionalDouble times(String scenario, String tool, String other) {
        var one = find(Scenario.named(scenario), tool);
        var base = find(Scenario.named(scenario), other);
        return one.isEmpty() || base.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(one.get().cpu().median() / base.get().cpu().median());
    }

    String json() {
        return all.stream().map(one -> "  {\"scenario\": \"%s\", \"tool\": \"%s\", \"rounds\": [%n%s%n  ]}".formatted(one.scenario().name(), one.tool(),
            one.rounds().stream().map(Report::json).collect(Collectors.joining(",\n")))).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private static String json(Measured round) {
        return "    {\"requests\": %d, \"seconds\": %.3f, \"cpuUserMicros\": %.3f, \"cpuSystemMicros\": %.3f, \"rssMegabytes\": %.1f%s}".formatted(round.requests(), round.seconds(),
            round.cpu().user(), round.cpu().system(), round.rssMegabytes(), round.latency().map(times -> ", \"p50Millis\": %.4f, \"p99Millis\": %.4f".formatted(times.p50(), times.p99())).orElse(""));
    }
}
