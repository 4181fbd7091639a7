import module java.base;

/** Is the product as it was built, on one loop, with all that a test usually has: context, name, cookie, a listener, CSV files and the terminal. */
record Katydid(boolean fast, List<String> more) implements Tool {
    static final String HOME = "distribution/target/katydid";

    Katydid(boolean fast) { this(fast, List.of()); }

    @Override public String name() { return (fast ? "Katydid FastHttpUser" : "Katydid HttpUser") + (more.isEmpty() ? "" : " " + String.join(" ", more)); }

    @Override public Optional<String> missing() {
        return Files.isExecutable(Path.of(HOME, "bin/katydid")) ? Optional.empty() : Optional.of("it is not built: run mvn package");
    }

    @Override public boolean does(Scenario scenario) { return !isNative() || scenario.is(Scenario.Trait.TLS); }

    private boolean isNative() { return more.contains("native"); }

    @Override public int warmUp(Scenario scenario) { return !scenario.is(Scenario.Trait.TLS) ? 8 : isNative() ? 12 : scenario.is(Scenario.Trait.CLOSE) ? 32 : 14; }

    @Override public List<String> command(Run run) {
        var users = "" + run.scenario().connections();
        var words = new ArrayList<>(List.of(HOME + "/bin/katydid", "-f", "distribution/bench/users/BenchUsers.java", "-H", run.url(), "--headless", "-u", users, "-r", users,
            "-t", run.seconds() + "s", "--csv", run.folder().resolve("csv").toString(), "--loops", "1"));
        words.addAll(more);
        words.add(fast ? "Fast" : "Http");
        return words;
    }

    @Override public Map<String, String> environment(Run run) { return Variables.of(run); }

    @Override public Optional<Latency> latency(Run run) throws IOException {
        var times = run.folder().resolve("times.txt");
        if (!Files.exists(times)) return Optional.empty();
        var parts = Files.readString(times).strip().split(" ");
        return Optional.of(new Latency(Double.parseDouble(parts[0]), Double.parseDouble(parts[1])));
    }
}
