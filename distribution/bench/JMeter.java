import module java.base;

/** Is Apache JMeter without a window or a file of results, with its usual HTTP client: a thread for each user. */
final class JMeter implements Tool {
    @Override public String name() { return "JMeter"; }

    @Override public Optional<String> missing() { return Peers.missing("jmeter"); }

    @Override public boolean does(Scenario scenario) {
        return scenario.rate() == 0 && scenario.connections() <= 1000 && !scenario.is(Scenario.Trait.JOURNEY) && !scenario.is(Scenario.Trait.CLOSE);
    }

    @Override public boolean compiles() { return true; }

    @Override public int warmUp(Scenario scenario) { return 12; }

    @Override public List<String> command(Run run) throws IOException {
        var plan = Files.writeString(run.folder().resolve("plan.jmx"), plan(run));
        var log = run.folder().resolve("jmeter.log");
        return List.of(Peers.java(), "-Xms64m", "-Xmx1g", "-jar", Peers.home("jmeter").resolve("bin/ApacheJMeter.jar").toAbsolutePath().toString(), "-n", "-t", plan.toString(), "-j",
            log.toString());
    }

    private static String plan(Run run) {
        var url = URI.create(run.url());
        boolean post = run.scenario().is(Scenario.Trait.POST);
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <jmeterTestPlan version="1.2" properties="5.0" jmeter="5.6.3"><hashTree>
              <TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="bench" enabled="true"/><hashTree>
                <ThreadGroup guiclass="ThreadGroupGui" testclass="ThreadGroup" testname="users" enabled="true">
                  <stringProp name="ThreadGroup.on_sample_error">continue</stringProp>
                  <elementProp name="ThreadGroup.main_controller" elementType="LoopController" guiclass="LoopControlPanel" testclass="LoopController" testname="loop">
                    <boolProp name="LoopController.continue_forever">false</boolProp><intProp name="LoopController.loops">-1</intProp>
                  </elementProp>
                  <stringProp name="ThreadGroup.num_threads">%d</stringProp><stringProp name="ThreadGroup.ramp_time">1</stringProp>
                  <boolProp name="ThreadGroup.scheduler">true</boolProp><stringProp name="ThreadGroup.duration">%d</stringProp>
                </ThreadGroup><hashTree>
                  <HTTPSamplerProxy guiclass="HttpTestSampleGui" testclass="HTTPSamplerProxy" testname="request" enabled="true">
                    <stringProp name="HTTPSampler.protocol">%s</stringProp><stringProp name="HTTPSampler.domain">%s</stringProp><stringProp name="HTTPSampler.port">%d</stringProp>
                    <stringProp name="HTTPSampler.path">%s</stringProp><stringProp name="HTTPSampler.method">%s</stringProp>
                    <boolProp name="HTTPSampler.use_keepalive">true</boolProp><boolProp name="HTTPSampler.postBodyRaw">%b</boolProp>
                    <elementProp name="HTTPsampler.Arguments" elementType="Arguments"><collectionProp name="Arguments.arguments">%s</collectionProp></elementProp>
                  </HTTPSamplerProxy><hashTree/>
                </hashTree>
              </hashTree>
            </hashTree></jmeterTestPlan>
            """.formatted(run.scenario().connections(), run.seconds(), url.getScheme(), url.getHost(), url.getPort(), run.scenario().path(), post ? "POST" : "GET", post,
            post ? body() : "");
    }

    private static String body() {
        return """
            <elementProp name="" elementType="HTTPArgument"><boolProp name="HTTPArgument.always_encode">false</boolProp>
            <stringProp name="Argument.value">{"item":"%s"}</stringProp><stringProp name="Argument.metadata">=</stringProp></elementProp>
            """.formatted("x".repeat(1012));
    }

    /** Without a file of results it tells no percentiles. */
    @Override public Optional<Latency> latency(Run run) { return Optional.empty(); }
}
