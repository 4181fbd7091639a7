import module java.base;

/** Is Gatling with a simulation in Java, connections shared by its users and no report. */
final class Gatling implements Tool {
    @Override public String name() { return "Gatling"; }

    @Override public Optional<String> missing() { return Peers.missing("gatling"); }

    @Override public boolean does(Scenario scenario) {
        return scenario.rate() == 0 && scenario.connections() <= 1000 && !scenario.is(Scenario.Trait.JOURNEY) && !scenario.is(Scenario.Trait.CLOSE);
    }

    @Override public boolean compiles() { return true; }

    @Override public int warmUp(Scenario scenario) { return 12; }

    @Override public List<String> command(Run run) {
        var home = Peers.home("gatling").toAbsolutePath();
        return List.of(Peers.java(), "--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED", "-Xms64m", "-Xmx1g",
            "-Dbench.url=" + run.url(), "-Dbench.path=" + run.scenario().path(), "-Dbench.users=" + run.scenario().connections(), "-Dbench.seconds=" + run.seconds(),
            "-Dbench.post=" + run.scenario().is(Scenario.Trait.POST), "-cp", home.resolve("classes") + ":" + home.resolve("lib") + "/*", "io.gatling.app.Gatling", "-s",
            "BenchSimulation", "-rf", run.folder().resolve("results").toString(), "-nr");
    }

    /** Without a report it tells no percentiles. */
    @Override public Optional<Latency> latency(Run run) { return Optional.empty(); }
}
