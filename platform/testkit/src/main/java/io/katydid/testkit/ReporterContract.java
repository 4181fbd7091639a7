package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Environment;
import io.katydid.api.Reporter;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.stats.Snapshot;
import io.katydid.kernel.KernelEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Is what every reporter promises, beside what {@link PluginContract} says: it takes a whole run without an exception, in order; it writes of its own
 * environment only; it closes what it opened.
 *
 * <pre>{@code
 * class CsvReporterContractTest extends ReporterContract {
 *     @Override protected Reporter newPlugin(Path folder) { return new CsvReporter(); }
 *
 *     @Override protected List<String> options(Path folder) { return List.of("--csv=" + folder.resolve("out")); }
 * }
 * }</pre>
 */
public abstract class ReporterContract extends PluginContract {
    private static final String FINE = "/fine/";
    private static final String BAD = "/bad/";

    /** Makes the contract; JUnit does. */
    protected ReporterContract() {}

    /** Makes a reporter. What it writes goes below the folder. Called also on an object of this class in another loader: use no fields. */
    @Override protected abstract Reporter newPlugin(Path folder);

    /** Tells whether what it writes has the names of requests in it. They do by default. */
    protected boolean writesNames() { return true; }

    /** Gives all that it has written, when it has finished and is not closed. By default the text of all files below the folder. */
    protected String output(Path folder, Reporter reporter, Environment environment) {
        if (!Files.isDirectory(folder)) return "";
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().map(ReporterContract::read).collect(Collectors.joining("\n"));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Is one run with a reporter that is watched. */
    private final class Run implements AutoCloseable {
        final Path of;
        final Reporter reporter;
        final WatchedReporter watched;
        final KernelEnvironment environment;

        Run(String name, Reporter... neighbours) {
            of = folder.resolve(name);
            reporter = newPlugin(of);
            watched = WatchedReporter.of(reporter);
            var builder = environment(reporter, of);
            environment = ReporterRun.open(builder, watched, neighbours);
        }

        /** Makes requests before and after the first snapshot. */
        void requests(String suffix) {
            environment.runner().start(0, 1);
            ReporterRun.request(environment, FINE + suffix, BAD + suffix);
            Await.until("a snapshot has come", () -> watched.calls().contains("snapshot"));
            ReporterRun.request(environment, FINE + suffix, BAD + suffix);
        }

        Run finish() {
            environment.shutdown(1);
            return this;
        }

        String output() { return ReporterContract.this.output(of, reporter, environment); }

        @Override public void close() {
            environment.close();
        }

        void checkQuiet() {
            assertThat(watched.thrown()).as("exceptions of the reporter").isEmpty();
        }

        void checkOrder() {
            var calls = watched.calls();
            assertThat(calls).as("calls of the reporter").startsWith("init", "started").endsWith("last snapshot", "finished", "close");
            for (var once : List.of("init", "started", "last snapshot", "finished", "close"))
                assertThat(Collections.frequency(calls, once)).as("calls of " + once).isEqualTo(1);
        }
    }

    /** It is started once, has the last snapshot exactly once, hears nothing after close, and takes all of it without an exception. */
    @Test void itTakesAWholeRun() {
        var run = new Run("one");
        try (run) {
            run.requests("one");
            run.finish();
        }
        run.checkQuiet();
        run.checkOrder();
    }

    /** The last snapshot has every request; a reporter that takes requests has seen each of them. */
    @Test void itHasEveryRequest() {
        var run = new Run("one");
        try (run) {
            run.requests("one");
            long all = run.finish().environment.stats().total().numRequests();
            assertThat(all).as("requests of the run").isPositive();
            assertThat(run.watched.snapshots().getLast().last()).isTrue();
            assertThat(run.watched.snapshots().getLast().total().numRequests()).as("requests in the last snapshot").isEqualTo(all);
            if (WatchedReporter.takesRequests(run.reporter))
                assertThat(run.watched.seenRequests()).as("requests in batches").isEqualTo(all);
        }
    }

    /** What it writes names the requests of its own environment, and none of another one in the same process. */
    @Test void twoEnvironmentsDoNotMix() {
        try (var one = new Run("one"); var two = new Run("two")) {
            one.requests("of-one");
            two.requests("of-two");
            one.finish();
            two.finish();
            assertThat(one.output()).as("output of the first").doesNotContain(FINE + "of-two", BAD + "of-two");
            assertThat(two.output()).as("output of the second").doesNotContain(FINE + "of-one", BAD + "of-one");
            if (!writesNames()) return;
            assertThat(one.output()).as("output of the first").contains(FINE + "of-one", BAD + "of-one");
            assertThat(two.output()).as("output of the second").contains(FINE + "of-two", BAD + "of-two");
        }
    }

    /** A run without a single request is a run. */
    @Test void itTakesARunWithoutRequests() {
        var run = new Run("empty");
        try (run) {
            run.environment.runner().start(0, 1);
            run.finish();
        }
        run.checkQuiet();
        run.checkOrder();
    }

    /** A process that ends before a test began is no error either. */
    @Test void itTakesAnEndWithoutARun() {
        var run = new Run("nothing");
        try (run) {
            run.finish();
        }
        run.checkQuiet();
        assertThat(run.watched.calls()).containsExactly("init", "finished", "close");
    }

    /** A reporter beside it that throws wherever it can harms neither it nor the run. */
    @Test void aFailingNeighbourHarmsNobody() {
        var run = new Run("beside", new Thrower());
        try (run) {
            run.requests("beside");
            var snapshot = run.finish().environment.stats().snapshot();
            assertThat(snapshot.exceptions()).as("exceptions of the script").isEmpty();
            assertThat(run.watched.snapshots().getLast().total().numRequests()).isEqualTo(snapshot.total().numRequests()).isPositive();
        }
        run.checkQuiet();
        run.checkOrder();
    }

    /** Throws in every method but init. */
    private static final class Thrower implements Reporter {
        @Override public void started(Environment environment) { throw new IllegalStateException("The neighbour fails on purpose."); }

        @Override public void requests(List<RequestEvent> batch) { throw new AssertionError("The neighbour fails on purpose."); }

        @Override public void snapshot(Snapshot second) { throw new IllegalStateException("The neighbour fails on purpose."); }

        @Override public void finished(Environment environment, int exitCode) { throw new LinkageError("The neighbour fails on purpose."); }

        @Override public void close() { throw new IllegalStateException("The neighbour fails on purpose."); }
    }

    @Override final void useOnce(Path of) {
        var reporter = newPlugin(of);
        try (var environment = ReporterRun.open(environment(reporter, of), reporter)) {
            environment.runner().start(0, 1);
            ReporterRun.request(environment, FINE + "use", BAD + "use");
            environment.shutdown(1);
        }
    }
}
