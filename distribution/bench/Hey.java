import module java.base;

/** Is hey, written in Go. */
final class Hey implements Tool {
    @Override public String name() { return "hey"; }

    @Override public Optional<String> missing() { return Tool.missingProgram("hey"); }

    @Override public boolean does(Scenario scenario) { return !scenario.is(Scenario.Trait.JOURNEY); }

    @Override public int warmUp(Scenario scenario) { return 1; }

    @Override public List<String> command(Run run) {
        var words = new ArrayList<>(List.of("hey", "-cpus", "1", "-z", run.seconds() + "s", "-c", "" + run.scenario().connections()));
        if (run.scenario().rate() > 0) words.addAll(List.of("-q", "" + Math.max(1, run.scenario().rate() / run.scenario().connections())));
        if (run.scenario().is(Scenario.Trait.CLOSE)) words.add("-disable-keepalive");
        if (run.scenario().is(Scenario.Trait.POST)) words.addAll(List.of("-m", "POST", "-T", "application/json", "-d", "{\"item\":\"%s\"}".formatted("x".repeat(1012))));
        words.add(run.target());
        return words;
    }

    @Override public Optional<Latency> latency(Run run) throws IOException {
        var said = run.said();
        return Tool.latency(Tool.number(said, "50%\\s+in\\s+([\\d.]+) secs") * 1000, Tool.number(said, "99%\\s+in\\s+([\\d.]+) secs") * 1000);
    }
}
