import module java.base;

/** Is wrk, written in C: the measure of what a request can cost. */
final class Wrk implements Tool {
    @Override public String name() { return "wrk"; }

    @Override public Optional<String> missing() { return Tool.missingProgram("wrk"); }

    @Override public boolean does(Scenario scenario) { return scenario.rate() == 0 && !scenario.is(Scenario.Trait.JOURNEY); }

    @Override public int warmUp(Scenario scenario) { return 1; }

    @Override public List<String> command(Run run) throws IOException {
        var words = new ArrayList<>(List.of("wrk", "-t1", "-c" + run.scenario().connections(), "-d" + run.seconds() + "s", "--latency", "--timeout", "10s"));
        if (run.scenario().is(Scenario.Trait.CLOSE)) words.addAll(List.of("-H", "Connection: close"));
        if (run.scenario().is(Scenario.Trait.POST)) {
            var lua = Files.writeString(run.folder().resolve("post.lua"), """
                wrk.method = "POST"
                wrk.headers["Content-Type"] = "application/json"
                wrk.body = '{"item":"%s"}'
                """.formatted("x".repeat(1012)));
            words.addAll(List.of("-s", lua.toString()));
        }
        words.add(run.target());
        return words;
    }

    @Override public Optional<Latency> latency(Run run) throws IOException {
        var said = run.said();
        return Tool.latency(millis(said, "50"), millis(said, "99"));
    }

    private static double millis(String said, String percent) {
        var found = Pattern.compile("\\b" + percent + "%\\s+([\\d.]+)(us|ms|s)\\b").matcher(said);
        if (!found.find()) return Double.NaN;
        double factor = switch (found.group(2)) {
            case "us" -> 0.001;
            case "ms" -> 1;
            default -> 1000;
        };
        return Double.parseDouble(found.group(1)) * factor;
    }
}
