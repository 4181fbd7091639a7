import module java.base;

/** Is the reference, in one process, with either of its two HTTP users. */
record Locust(boolean fast) implements Tool {
    @Override public String name() { return fast ? "Locust FastHttpUser" : "Locust HttpUser"; }

    @Override public Optional<String> missing() { return Tool.missingProgram("locust"); }

    @Override public boolean does(Scenario scenario) { return scenario.connections() <= 1000 && scenario.rate() <= 1000; }

    /** Each of its fast users reads the machine's certificates first, 0.1 s of its only core, whether it is to trust them or not. */
    @Override public int warmUp(Scenario scenario) { return fast && scenario.is(Scenario.Trait.TLS) ? 3 + scenario.connections() / 5 : 3; }

    @Override public List<String> command(Run run) {
        var users = "" + run.scenario().connections();
        return List.of("locust", "-f", "distribution/bench/users/bench_users.py", "-H", run.url(), "--headless", "--only-summary", "-u", users, "-r", users, "-t", run.seconds() + "s",
            fast ? "Fast" : "Http");
    }

    @Override public Map<String, String> environment(Run run) { return Variables.of(run); }

    @Override public Optional<Latency> latency(Run run) throws IOException {
        var said = run.said();
        var row = Pattern.compile("Response time percentiles.*?\\n.*?\\bAggregated\\s+(\\d+)(?:\\s+\\d+){6}\\s+(\\d+)", Pattern.DOTALL).matcher(said);
        return row.find() ? Optional.of(new Latency(Double.parseDouble(row.group(1)), Double.parseDouble(row.group(2)))) : Optional.empty();
    }
}
