import module java.base;

/**
 * Looks for what breaks the readers of whatever comes over the wire, by Jazzer: it changes inputs and keeps those that reach something new in the code.
 *
 * <p>Run it from the root: {@code java distribution/bench/Fuzz.java frames|reports|histograms [SECONDS] [keep]}; without a number it takes ten minutes. It compiles the module with Maven,
 * begins with the inputs of {@code platform/cluster/src/test/resources/io/katydid/cluster/corpus} and with what earlier runs left in {@code distribution/target/fuzz}, and ends at the first
 * input that breaks the target, which it prints and leaves there. {@code keep} then writes the fewest inputs that reach all that was reached back to the sources: the tests read
 * them in each build. Mend what was found, and add its line to that file.
 */
final class Fuzz {
    private static final Map<String, String> TARGETS = Map.of(
        "frames", "io.katydid.cluster.wire.CodecFuzzTest",
        "reports", "io.katydid.cluster.report.ReportFuzzTest",
        "histograms", "io.katydid.cluster.report.HistogramFuzzTest");
    private static final Path MODULE = Path.of("platform/cluster").toAbsolutePath();
    /** Keeps the sources small; what is longer stays in the build's folder. */
    private static final int LONGEST_KEPT = 2_000;

    private final String target;
    private final Path kept;
    private final Path folder;
    private final Path corpus;

    private Fuzz(String target) throws IOException {
        this.target = target;
        kept = MODULE.resolve("src/test/resources/io/katydid/cluster/corpus/" + target + ".hex");
        folder = Path.of("distribution/target/fuzz", target).toAbsolutePath();
        corpus = Files.createDirectories(folder.resolve("corpus"));
    }

    static void main(String[] args) throws Exception {
        var words = new ArrayList<>(List.of(args));
        boolean keep = words.remove("keep");
        var target = words.isEmpty() ? "" : words.removeFirst();
        if (!TARGETS.containsKey(target)) throw new IllegalArgumentException("There is no target '" + target + "'. Give one of " + new TreeSet<>(TARGETS.keySet()) + ".");
        int seconds = words.isEmpty() ? 600 : Integer.parseInt(words.removeFirst());
        var fuzz = new Fuzz(target);
        fuzz.compile();
        fuzz.begin();
        int code = fuzz.jazzer(List.of("-max_total_time=" + seconds, "-print_final_stats=1", "-timeout=10", fuzz.corpus.toString()));
        if (code != 0) fuzz.found();
        if (keep) fuzz.keep();
        System.exit(code);
    }

    private void compile() throws Exception {
        var maven = new ArrayList<>(List.of("mvn", "-q", "-B"));
        if (Boolean.getBoolean("offline")) maven.add("-o");
        maven.addAll(List.of("-Pfuzz", "test-compile", "dependency:build-classpath", "-Dmdep.outputFile=target/fuzz.classpath", "-Dmdep.regenerateFile=true", "-pl", "platform/cluster", "-am"));
        if (run(Path.of("."), maven) != 0) throw new IllegalStateException("Maven did not compile the targets. What it said is above.");
    }

    /** Adds the inputs of the sources to those that earlier runs left. */
    private void begin() throws Exception {
        for (var line : Files.readAllLines(kept)) write(HexFormat.of().parseHex(line), corpus);
    }

    private static void write(byte[] input, Path folder) throws Exception {
        Files.write(folder.resolve(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(input))), input);
    }

    private int jazzer(List<String> words) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+EnableDynamicAgentLoading", "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow", "--add-opens=java.base/java.lang=ALL-UNNAMED", "-Xmx1g", "-cp",
            String.join(File.pathSeparator, MODULE + "/target/test-classes", MODULE + "/target/classes", Files.readString(MODULE.resolve("target/fuzz.classpath")).strip()),
            "com.code_intelligence.jazzer.Jazzer", "--target_class=" + TARGETS.get(target), "--instrumentation_includes=io.katydid.**:org.msgpack.**", "--custom_hook_excludes=org.assertj.**", "--reproducer_path=" + folder,
            "-artifact_prefix=" + folder + "/"));
        command.addAll(words);
        return run(folder, command);
    }

    private static int run(Path folder, List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
    }

    /** Prints what broke the target, as a line for the file of the sources. */
    private void found() throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.filter(each -> each.getFileName().toString().matches("(crash|timeout|oom)-.*")).toList())
                IO.println(file + "\n" + HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
    }

    private void keep() throws Exception {
        var fewest = Files.createTempDirectory(folder, "kept");
        int code = jazzer(List.of("-merge=1", fewest.toString(), corpus.toString()));
        if (code != 0) throw new IllegalStateException("Jazzer ended with " + code + " while it looked for the fewest inputs. What it said is above.");
        var lines = new ArrayList<String>();
        try (var files = Files.list(fewest)) {
            for (var file : files.toList()) {
                if (Files.size(file) <= LONGEST_KEPT) lines.add(HexFormat.of().formatHex(Files.readAllBytes(file)));
                Files.delete(file);
            }
        }
        Files.delete(fewest);
        lines.sort(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
        Files.write(kept, lines);
        IO.println(lines.size() + " inputs are kept in " + kept);
    }
}
