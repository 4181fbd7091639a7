package io.katydid.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.katydid.api.CatchResponseError;
import io.katydid.api.Environment;
import io.katydid.api.Plugin;
import io.katydid.api.Reporter;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.KernelEnvironment;
import io.katydid.parity.Parity;
import io.katydid.testkit.TestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the lines of both logs byte for byte, and looks at what happens where they cannot be written. */
class RequestLogTest {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00.123456789Z");
    private static final String NASTY = "=a,\"b\"\r\nc\nd";
    private static final LoggedRequest FINE = new LoggedRequest(AT, "GET", "/a,b", "http://h/a,b?x=\"1\"", 12.345, 100, 200, "OK",
        Optional.empty(), "Buyer", "Buyer-7");
    private static final LoggedRequest BAD = new LoggedRequest(Instant.ofEpochSecond(1_769_860_801), "POST", NASTY, "", 40, 0, 503,
        "=Unavailable", Optional.of(new CatchResponseError("no \"id\",\nbut a line")), "", "");
    private static final LoggedRequest UNTIMED = new LoggedRequest(Instant.ofEpochSecond(1_769_860_801, 500_000_000), "JOB", "job", "",
        Double.NaN, 5, 0, "", Optional.of(new IllegalStateException("boom")), "Other", "Other-1");

    @TempDir Path folder;

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Asks for little: its responses know their status as those of HTTP clients do. */
    public static final class Asking extends User {
        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Task void ask() {
            environment().events().request().start("ASK", "/ask").response(new Response(404, "Not Found")).failure("gone");
        }
    }

    /** Is a response as another bundle may have it. */
    public record Response(int statusCode, String reason) {}

    static final class Nobody extends User {
        @Task void nothing() {}
    }

    private static KernelEnvironment environment(Class<? extends User> user, Reporter reporter, String... options) {
        return new EnvironmentBuilder().userClasses(List.of(user)).loops(1).headless(true)
            .parsedOptions(TestOptions.of(reporter, options)).plugin(reporter).build();
    }

    @Test void theRequestLogIsThatOfTheReference() throws Exception {
        var path = folder.resolve("requests.csv");
        try (var file = CsvRequestLogger.open(path, false)) {
            file.add(FINE);
            file.add(BAD);
            file.add(UNTIMED);
        }
        assertThat(path).content().isEqualTo("""
            timestamp,request_type,name,response_time_ms,response_length,status_code,exception\r
            1769860800.123456,GET,"/a,b",12.35,100,200,\r
            1769860801.0,POST,"'=a,""b""\r
            c
            d",40.0,0,503,"no ""id"",
            but a line"\r
            1769860801.5,JOB,job,,5,0,IllegalStateException: boom\r
            """);
        assertThat(Rfc4180.read(read(path))).hasSize(4).allMatch(row -> row.size() == 7);
    }

    @Test void halvesOfAHundredthGoToTheEvenOneAsInPython() {
        assertThat(CsvRequestLogger.milliseconds(0.125)).isEqualTo("0.12");
        assertThat(CsvRequestLogger.milliseconds(0.375)).isEqualTo("0.38");
        assertThat(CsvRequestLogger.milliseconds(12.345)).as("in binary it is a little more").isEqualTo("12.35");
        assertThat(CsvRequestLogger.milliseconds(40)).isEqualTo("40.0");
        assertThat(CsvRequestLogger.milliseconds(Double.NaN)).isEmpty();
    }

    @Test
    @Parity("LP-2") void theJmeterLogHasWhatIsKnownAndNothingElse() throws Exception {
        var path = folder.resolve("results.jtl");
        try (var environment = environment(Nobody.class, new JmeterReporter())) {
            environment.createLocalRunner();
            try (var file = JmeterListener.open(environment, path, false)) {
                file.add(FINE);
                file.add(BAD);
                file.add(UNTIMED);
            }
        }
        assertThat(path).content().isEqualTo("""
            timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,\
            allThreads,URL,Latency,IdleTime,Connect\r
            1769860800123,12,"/a,b",200,OK,Buyer-7,,true,,100,0,1,1,"http://h/a,b?x=""1""\",0,0,0\r
            1769860801000,40,"'=a,""b""\r
            c
            d",503,'=Unavailable,,,false,"no ""id"",
            but a line",0,0,0,0,,0,0,0\r
            1769860801500,0,job,,,Other-1,,false,IllegalStateException: boom,5,0,1,1,,0,0,0\r
            """);
        assertThat(Rfc4180.read(read(path))).hasSize(4).allMatch(row -> row.size() == 17);
    }

    @Test void linesOfUsersAreOnTheDiskWhileTheyRunAndAllOfThemAtTheEnd() throws Exception {
        var path = folder.resolve("live.jtl");
        try (var environment = environment(Asking.class, new JmeterReporter(), "--jmeter-log=" + path)) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(3, 100);
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.readAllLines(path).size() > 10);
            assertThat(runner.userCount()).as("they run on").isEqualTo(3);
            environment.shutdown(1);
            var rows = Rfc4180.read(read(path));
            assertThat(rows.size() - 1).isEqualTo((int) environment.stats().total().numRequests());
            assertThat(rows.stream().skip(1)).allSatisfy(row -> {
                assertThat(row.subList(2, 5)).containsExactly("/ask", "404", "Not Found");
                assertThat(row.get(5)).matches("Asking-[1-3]");
                assertThat(row.subList(7, 9)).containsExactly("false", "gone");
            });
            assertThat(rows).as("the users of this class, and all").anySatisfy(
                row -> assertThat(row.subList(11, 13)).containsExactly("3", "3"));
        }
    }

    @Test void aScriptLogsWithTheClassesOfTheReferencesNames() {
        var csv = folder.resolve("script.csv");
        var jtl = folder.resolve("script.jtl");
        Plugin script = new Plugin() {
            @Override public void init(Environment environment) {
                new CsvRequestLogger(csv).register(environment);
                JmeterListener.on(environment, jtl);
            }
        };
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).headless(true).plugin(script).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            environment.events().request().report("GET", "/early", 12.5).success(100);
            await().atMost(Duration.ofSeconds(20)).until(() -> read(csv).contains(",GET,/early,12.5,100,0,\r\n") && read(jtl).contains(
                ",13,/early,"));
            environment.events().request().report("GET", "/late", 1).success();
            runner.quit();
        }
        assertThat(csv).content().contains(",GET,/late,1.0,0,0,\r\n");
        assertThat(jtl).content().contains(",1,/late,,,,,true,,0,0,0,0,,0,0,0\r\n");
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).build()) {
            environment.createLocalRunner();
            assertThatThrownBy(() -> new CsvRequestLogger(folder.resolve("no/x.csv")).register(environment))
                .hasMessage("CsvRequestLogger " + folder.resolve("no/x.csv") + ": there is no folder " + folder.resolve("no")
                    + ". Create it, or choose a file in another one.");
            assertThatThrownBy(() -> JmeterListener.on(environment, folder.resolve("no/x.jtl")))
                .hasMessageStartingWith("JmeterListener " + folder.resolve("no/x.jtl") + ": there is no folder ");
        }
    }

    @Test void whatCannotBeWrittenIsSaidBeforeTheRun() {
        for (var option : List.of("--csv-request-log", "--jmeter-log")) {
            var reporter = option.startsWith("--csv") ? new CsvRequestReporter() : new JmeterReporter();
            var other = option.startsWith("--csv") ? new CsvRequestReporter() : new JmeterReporter();
            try (var nowhere = environment(Nobody.class, reporter, option + "=" + folder.resolve("no/log"));
                var isFolder = environment(Nobody.class, other, option + "=" + folder)) {
                nowhere.createLocalRunner();
                isFolder.createLocalRunner();
                assertThatThrownBy(nowhere::init).hasMessage(option + " " + folder.resolve("no/log") + ": there is no folder "
                    + folder.resolve("no") + ". Create it, or choose a file in another one.");
                assertThatThrownBy(isFolder::init)
                    .hasMessageStartingWith(option + " " + folder + ": the file cannot be written: java.nio.file.FileSystemException")
                    .hasMessageEndingWith(". Choose a file in a folder you may write to.");
            }
        }
    }

    @Test void aNewerRevisionOfTheBundleGoesOnWithTheLogOfTheRun() throws Exception {
        var path = folder.resolve("update.csv");
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).headless(true)
            .parsedOptions(TestOptions.of(new CsvRequestReporter(), "--csv-request-log=" + path)).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            Files.writeString(path, "an older run\r\n");
            runner.start(0, 1);
            runner.stop();
            new CsvRequestReporter().init(environment);
            assertThat(Files.readAllLines(path)).as("another run").hasSize(1);
            runner.start(0, 1);
            for (int revision = 0; revision < 2; revision++) {
                var reporter = new CsvRequestReporter();
                reporter.init(environment);
                environment.events().request().report("GET", "/of-" + revision, 1).success();
                reporter.close();
            }
            assertThat(Rfc4180.read(read(path)).stream().map(row -> row.get(2))).containsExactly("name", "/of-0", "/of-1");
        }
    }

    @Test void aDiskThatIsFullIsSaidOnceAndTheRunGoesOn() throws Exception {
        var full = Path.of("/dev/full");
        assumeThat(full).as("a device of Linux").exists();
        assertThatThrownBy(() -> CsvRequestLogger.open(full, false))
            .hasMessageStartingWith("the file cannot be written: java.io.IOException")
            .hasMessageEndingWith("Choose a file in a folder you may write to.");
        try (var file = CsvRequestLogger.open(full, true)) {
            file.add(FINE);
            assertThatThrownBy(file::write)
                .hasMessageStartingWith("The file /dev/full cannot be written any more, the requests from now on are missing in it: ")
                .hasMessageEndingWith("Is the disk full? Choose a file on another one.");
            file.add(FINE);
            file.write();
        }
    }

    @Test void whatFindsNoPlaceIsCountedAndSaidAtTheEnd() throws Exception {
        var path = folder.resolve("few.csv");
        var file = new RequestFile(path, CsvRequestLogger.COLUMNS, request -> List.of(request.name()), false, 3);
        for (int i = 0; i < 5; i++) file.add(FINE);
        file.write();
        for (int i = 0; i < 2; i++) file.add(FINE);
        assertThatThrownBy(file::close).hasMessage("2 requests are missing in the file " + path
            + ": they came faster than the disk took them. Choose a file on a faster disk, or let fewer users run.");
        file.close();
        assertThat(Files.readAllLines(path)).hasSize(1 + 3 + 2);
    }

    @Test void manyThreadsMayLogWhileItIsWritten() throws Exception {
        var path = folder.resolve("many.csv");
        var file = CsvRequestLogger.open(path, false);
        var threads = IntStream.range(0, 4).mapToObj(at -> Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 5_000; i++) file.add(FINE);
        })).toList();
        while (threads.stream().anyMatch(Thread::isAlive)) file.write();
        file.close();
        assertThat(Rfc4180.read(read(path))).hasSize(1 + 4 * 5_000);
    }

    /** Has another type for what is asked, or hides it. */
    public static final class Odd {
        public String statusCode() { return "200"; }

        public int reason() { return 1; }
    }

    record Hidden(int statusCode, String reason) {}

    /** Is what a client shows of a class that it hides. */
    public interface Shown {
        int statusCode();

        String reason();
    }

    record HiddenButShown(int statusCode, String reason) implements Shown {}

    @Test void theStatusIsAskedOfWhateverHasOne() {
        assertThat(Answers.status(new Response(503, "Busy"))).isEqualTo(503);
        assertThat(Answers.reason(new Response(503, "Busy"))).isEqualTo("Busy");
        assertThat(Answers.status(new HiddenButShown(204, "None"))).isEqualTo(204);
        assertThat(Answers.reason(new HiddenButShown(204, "None"))).isEqualTo("None");
        for (var other : List.of("text", new Odd(), new Hidden(200, "OK"))) {
            assertThat(Answers.status(other)).as("%s", other).isZero();
            assertThat(Answers.reason(other)).as("%s", other).isEmpty();
        }
    }
}
