import module java.base;
import javax.tools.ToolProvider;

/** Gets the load generators that come from the Maven registry; they are measured, and no part of the product. */
final class Peers {
    static final Path HOME = Path.of("distribution/target/bench/peers");

    private Peers() {}

    static Path home(String tool) { return HOME.resolve(tool); }

    static Optional<String> missing(String tool) {
        return Files.isDirectory(home(tool).resolve("lib")) ? Optional.empty() : Optional.of("it is not there: run java distribution/bench/Bench.java peers");
    }

    /** Gets all of them; Maven has to be installed, and its registry within reach. */
    static void get() throws Exception {
        resolve("jmeter");
        installJMeter();
        resolve("gatling");
        compileSimulation();
    }

    private static void resolve(String tool) throws Exception {
        var lib = Files.createDirectories(home(tool)).resolve("lib").toAbsolutePath();
        var maven = new ProcessBuilder("mvn", "-B", "-q", "-f", "distribution/bench/peers/" + tool + "/pom.xml",
            "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies", "-DoutputDirectory=" + lib, "-DincludeScope=runtime").inheritIO().start();
        if (maven.waitFor() != 0) throw new IllegalStateException("Maven did not get " + tool + "; it says why above.");
        try (var jars = Files.list(lib)) {
            IO.println(tool + ": " + jars.count() + " jars in " + lib);
        }
    }

    /** Puts JMeter's jars where it looks for them, and beside them the properties that come in one of them. */
    private static void installJMeter() throws IOException {
        var home = home("jmeter");
        var own = Files.createDirectories(home.resolve("lib/ext"));
        var bin = Files.createDirectories(home.resolve("bin"));
        for (var jar : jars(home.resolve("lib"), "ApacheJMeter")) {
            var name = jar.getFileName().toString();
            if (name.startsWith("ApacheJMeter_config")) extract(jar, home);
            Files.move(jar, name.matches("ApacheJMeter-\\d.*") ? bin.resolve("ApacheJMeter.jar") : own.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void extract(Path jar, Path home) throws IOException {
        try (var files = FileSystems.newFileSystem(jar); var all = Files.walk(files.getPath("/bin"))) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var to = home.resolve(file.toString().substring(1));
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void compileSimulation() throws IOException {
        var classes = Files.createDirectories(home("gatling").resolve("classes"));
        var errors = new ByteArrayOutputStream();
        var path = jars(home("gatling").resolve("lib"), "").stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, errors, "-d", classes.toString(), "-proc:none", "-cp", path,
            "distribution/bench/peers/gatling/BenchSimulation.java");
        Files.copy(Path.of("distribution/bench/peers/gatling/logback.xml"), classes.resolve("logback.xml"), StandardCopyOption.REPLACE_EXISTING);
        if (code != 0) throw new IllegalStateException("The simulation for Gatling does not compile: " + errors);
    }

    private static List<Path> jars(Path folder, String begin) throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().startsWith(begin) && file.toString().endsWith(".jar")).toList();
        }
    }

    /** Gives the java that runs this. */
    static String java() { return Path.of(System.getProperty("java.home"), "bin", "java").toString(); }
}
