package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example of a load test in JUnit as a project would: compiled and launched with the jars of the distribution and JUnit's, and nothing of this build. */
class JunitIT {
    private static final String LAUNCH = """
        import org.junit.platform.engine.TestExecutionResult;
        import org.junit.platform.engine.discovery.DiscoverySelectors;
        import org.junit.platform.launcher.*;
        import org.junit.platform.launcher.core.*;

        void main() {
            var request = LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass("CheckoutLoadTests")).build();
            LauncherFactory.create().execute(request, new TestExecutionListener() {
                @Override public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                    if (!test.isTest()) return;
                    IO.println(test.getDisplayName() + " " + result.getStatus());
                    result.getThrowable().ifPresent(problem -> IO.println("because of " + problem));
                }
            });
        }
        """;
    private static final Pattern SAW = Pattern.compile("(?m)^saw (\\d+)$");

    @TempDir Path folder;

    @Test void theExampleSeesWhatTheServerSaw() throws Exception {
        try (var server = new ShopServer()) {
            var out = launch(server, example().replace("p95StaysUnder200Ms(LoadTestResult result) {",
                "p95StaysUnder200Ms(LoadTestResult result) { System.out.println(\"saw \" + result.stats().total().numRequests());"));
            assertThat(out).contains("p95StaysUnder200Ms(LoadTestResult) SUCCESSFUL",
                "theSessionIsAPlainParameter(HttpSession) SUCCESSFUL");
            var saw = SAW.matcher(out);
            assertThat(saw.find()).as(out).isTrue();
            assertThat(Long.parseLong(saw.group(1))).as("beside the one request of the plain test").isGreaterThan(20).isEqualTo(
                server.total() - 1);
        }
    }

    @Test void aJudgementThatIsNotMetFailsTheTestAndNoOther() throws Exception {
        try (var server = new ShopServer()) {
            var out = launch(server, example().replace("percentile(0.95) < 200", "percentile(0.95) < 0"));
            assertThat(out).contains("p95StaysUnder200Ms(LoadTestResult) FAILED", "because of org.opentest4j.AssertionFailedError: ",
                "theSessionIsAPlainParameter(HttpSession) SUCCESSFUL");
            assertThat(server.total()).isGreaterThan(20);
        }
    }

    @Test void aServerThatDoesNotAnswerFailsBoth() throws Exception {
        try (var server = new ShopServer()) {
            var out = launch(server, example().replace("/api/products", "/not/exist"));
            assertThat(out).contains("p95StaysUnder200Ms(LoadTestResult) FAILED", "theSessionIsAPlainParameter(HttpSession) FAILED",
                "404 Client Error: Not Found");
        }
    }

    private static String example() throws Exception {
        var source = Files.readString(Modules.ROOT.resolve("examples/junit/CheckoutLoadTests.java"));
        assertThat(source).contains("runTime = \"30s\"", "percentile(0.95) < 200", "/api/products",
            "p95StaysUnder200Ms(LoadTestResult result) {");
        return source.replace("runTime = \"30s\"", "runTime = \"2s\"");
    }

    private String launch(ShopServer server, String source) throws Exception {
        var product = new Product(folder);
        var classes = Files.createDirectories(folder.resolve("classes"));
        var path = classPath();
        compile(path, product.script("CheckoutLoadTests.java", source), classes);
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var run = product.startCommand(List.of(java, "-Dkatydid.host=" + server.url(), "-cp", path + File.pathSeparator + classes,
            product.script("Launch.java", LAUNCH).toString())).await();
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    private static void compile(String path, Path source, Path classes) {
        var said = new StringWriter();
        var to = new PrintWriter(said);
        int code = ToolProvider.findFirst("javac").orElseThrow().run(to, to, "-proc:none", "-cp", path, "-d", classes.toString(),
            source.toString());
        assertThat(code).as(said.toString()).isZero();
    }

    private static String classPath() throws Exception {
        var jars = new ArrayList<Path>();
        for (var part : List.of("lib", "bundles")) {
            try (var files = Files.list(Product.HOME.resolve(part))) {
                files.filter(file -> file.toString().endsWith(".jar")).forEach(jars::add);
            }
        }
        assertThat(jars.size()).as("jars of the distribution").isGreaterThan(30);
        for (var type : List.of("org.junit.jupiter.api.Test", "org.junit.jupiter.engine.JupiterTestEngine",
            "org.junit.platform.launcher.Launcher", "org.junit.platform.engine.TestEngine",
            "org.junit.platform.commons.support.AnnotationSupport", "org.opentest4j.AssertionFailedError"))
            jars.add(Path.of(Class.forName(type).getProtectionDomain().getCodeSource().getLocation().toURI()));
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
