import module java.base;

/**
 * Times single steps of a request, by JMH: record it, pick a task, fire its event, encode, parse, dispatch users, take a snapshot, merge workers' reports.
 *
 * <p>Run it from the root: {@code java distribution/bench/Micro.java [quick] [PATTERN]}. It compiles the modules that have benchmarks (their classes named {@code …Benchmark}, among the
 * tests) with Maven, runs each benchmark in a JVM of its own, and leaves {@code distribution/target/bench/micro-MODULE.json}. {@code quick} is one short round, to see whether something
 * became many times slower. Figures are of this machine and this session: compare two commits side by side.
 */
final class Micro {
    static final List<String> MODULES = List.of("platform/kernel", "bundles/http");

    private Micro() {}

    static void main(String[] args) throws Exception {
        var words = new ArrayList<>(List.of(args));
        boolean quick = words.remove("quick");
        var maven = new ArrayList<>(List.of("mvn", "-q", "-B"));
        if (Boolean.getBoolean("offline")) maven.add("-o");
        maven.addAll(List.of("test-compile", "dependency:build-classpath", "-Dmdep.outputFile=target/benchmarks.classpath", "-Dmdep.regenerateFile=true", "-pl", String.join(",", MODULES), "-am"));
        run(Path.of("."), maven);
        var results = Files.createDirectories(Path.of("distribution/target/bench")).toAbsolutePath();
        IO.println("Benchmarks of " + String.join(" and ", MODULES) + ", " + (quick ? "about two minutes" : "about six minutes"));
        for (var module : MODULES) {
            var folder = Path.of(module).toAbsolutePath();
            var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--sun-misc-unsafe-memory-access=allow", "-cp",
                "target/test-classes" + File.pathSeparator + "target/classes" + File.pathSeparator + Files.readString(folder.resolve("target/benchmarks.classpath")).strip(),
                "org.openjdk.jmh.Main", "-foe", "true", "-v", "SILENT", "-rf", "json", "-rff", results.resolve("micro-" + folder.getFileName() + ".json").toString()));
            if (quick) command.addAll(List.of("-wi", "2", "-i", "2", "-w", "500ms", "-r", "500ms"));
            command.addAll(words);
            run(folder, command);
            print(results.resolve("micro-" + folder.getFileName() + ".json"));
        }
    }

    private static void run(Path folder, List<String> command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
        if (code != 0) throw new IllegalStateException(command.getFirst() + " ended with " + code + " in " + folder + ". What it said is above.");
    }

    /** Prints a line for each result; JMH's own file has all of it. */
    private static void print(Path json) throws IOException {
        if (!Files.exists(json)) throw new IllegalStateException("JMH left no " + json + ": no benchmark has a name of that pattern.");
        var found = Pattern.compile("\"benchmark\" : \"([\\w.]+)\".*?\"mode\" : \"(\\w+)\".*?(?:\"params\" : \\{([^}]*)\\}.*?)?\"primaryMetric\" : \\{\\s*\"score\" : ([\\d.E-]+),\\s*\"scoreError\" : ([\\d.\"A-Za-z-]+).*?\"scoreUnit\" : \"([^\"]+)\"",
            Pattern.DOTALL).matcher(Files.readString(json));
        int count = 0;
        while (found.find()) {
            var name = found.group(1).substring(found.group(1).lastIndexOf('.', found.group(1).lastIndexOf('.') - 1) + 1);
            var params = found.group(3) == null ? "" : " " + found.group(3).replaceAll("[\\s\"]", "").replace(':', '=');
            IO.println("%-44s %-6s %12.3f ± %s %s".formatted(name + params, found.group(2), Double.parseDouble(found.group(4)), error(found.group(5)), found.group(6)));
            count++;
        }
        if (count == 0) throw new IllegalStateException("There is no result in " + json + ".");
    }

    private static String error(String text) { return text.contains("NaN") ? "?" : "%.3f".formatted(Double.parseDouble(text)); }
}
