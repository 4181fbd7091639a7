package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Environment;
import io.katydid.api.Reporter;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.stats.Snapshot;
import io.katydid.launcher.Katydid;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A reporter that writes a line per request keeps the contract; each of its bad children breaks it, and the contract says where. */
class ReporterContractTest extends ReporterContract {
    static final Option<String> LOG = Option.string("--toy-log").placeholder("FILE").help("Write a line per request to FILE");

    /** Writes a line per request. */
    static class Good implements Reporter {
        private BufferedWriter file;

        @Override public void options(OptionRegistry options) {
            options.add(LOG);
        }

        @Override public void init(Environment environment) throws IOException {
            var name = environment.parsedOptions().find(LOG);
            if (name.isEmpty()) return;
            Files.createDirectories(Path.of(name.get()).getParent());
            file = Files.newBufferedWriter(Path.of(name.get()));
        }

        @Override public void requests(List<RequestEvent> batch) throws IOException {
            for (var event : batch) write(event.name());
        }

        void write(String line) throws IOException {
            if (file != null) file.write(line + "\n");
        }

        @Override public void finished(Environment environment, int exitCode) throws IOException {
            if (file != null) file.flush();
        }

        @Override public void close() throws IOException {
            if (file != null) file.close();
        }
    }

    @Override protected Reporter newPlugin(Path folder) { return new Good(); }

    @Override protected List<String> options(Path folder) { return List.of("--toy-log=" + folder.resolve("requests.log")); }

    /** Leaves its file open. */
    static class OpenFile extends ReporterContractTest {
        /** Without it the collector would close the files sooner or later. */
        private static final List<Reporter> KEPT = new ArrayList<>();

        @Override protected Reporter newPlugin(Path folder) {
            var made = new Good() {
                @Override public void close() {}
            };
            KEPT.add(made);
            return made;
        }
    }

    @Test void itFindsAFileThatIsLeftOpen() {
        Broken.run(OpenFile.class, "closingLeavesNothing").failed("closingLeavesNothing", "requests.log");
    }

    /** Fails at a snapshot. */
    static class Failing extends ReporterContractTest {
        @Override protected Reporter newPlugin(Path folder) {
            return new Good() {
                @Override public void snapshot(Snapshot second) {
                    throw new IllegalStateException("no " + second.total().name());
                }
            };
        }
    }

    @Test void itFindsAnException() {
        Broken.run(Failing.class, "itTakesAWholeRun").failed("itTakesAWholeRun", "no Aggregated");
    }

    /** Has one list for all environments. */
    static class Mixing extends ReporterContractTest {
        private static final List<String> ALL = new ArrayList<>();

        @Override protected Reporter newPlugin(Path folder) {
            return new Good() {
                @Override public void requests(List<RequestEvent> batch) {
                    synchronized (ALL) {
                        batch.forEach(event -> ALL.add(event.name()));
                    }
                }

                @Override public void finished(Environment environment, int exitCode) throws IOException {
                    synchronized (ALL) {
                        for (var name : ALL) write(name);
                    }
                    super.finished(environment, exitCode);
                }
            };
        }
    }

    @Test void itFindsEnvironmentsThatMix() {
        Broken.run(Mixing.class, "twoEnvironmentsDoNotMix").failed("twoEnvironmentsDoNotMix", "not to contain");
    }

    /** Loses the name of what failed. */
    static class Silent extends ReporterContractTest {
        @Override protected Reporter newPlugin(Path folder) {
            return new Good() { @Override public void requests(List<RequestEvent> batch) {} };
        }
    }

    @Test void itFindsOutputThatLacksRequests() {
        Broken.run(Silent.class, "twoEnvironmentsDoNotMix").failed("twoEnvironmentsDoNotMix", "/fine/of-one");
    }

    /** Does not explain its option. */
    static class Unexplained extends ReporterContractTest {
        @Override protected Reporter newPlugin(Path folder) {
            return new Good() {
                @Override public void options(OptionRegistry options) {
                    options.add(Option.string("--toy-log"));
                }
            };
        }
    }

    @Test void itFindsAnOptionWithoutHelp() {
        Broken.run(Unexplained.class, "itsOptionsExplainThemselves").failed("itsOptionsExplainThemselves", "help text of --toy-log");
    }

    /** Has an option that is the platform's. */
    static class Clashing extends ReporterContractTest {
        @Override protected Reporter newPlugin(Path folder) {
            return new Good() {
                @Override public void options(OptionRegistry options) {
                    options.add(LOG).add(Option.string("--host").help("Mine"));
                }
            };
        }
    }

    @Test void itFindsAnOptionThatIsTaken() {
        Broken.run(Clashing.class, "itsOptionsClashWithNobody").failed("itsOptionsClashWithNobody",
            "The option --host of the plugin is taken: katydid has it already. Rename one of them.");
    }

    /** Registers from a thread of its own, which nobody can take back, and keeps that thread. */
    static class Sneaking extends ReporterContractTest {
        @Override protected Reporter newPlugin(Path folder) {
            return new Good() {
                @Override public void init(Environment environment) throws IOException {
                    super.init(environment);
                    var there = new CountDownLatch(1);
                    Thread.ofPlatform().daemon().name("sneaking").start(() -> {
                        environment.events().testStop().addListener(_ -> {});
                        there.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException ended) {
                            Thread.currentThread().interrupt();
                        }
                    });
                    try {
                        there.await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }
            };
        }
    }

    @Test void itFindsAListenerAndAThreadThatAreLeft() {
        Broken.run(Sneaking.class, "closingTakesBackWhatItRegistered").failed("closingTakesBackWhatItRegistered", "\"testStop\"=1");
        Broken.run(Sneaking.class, "closingLeavesNothing").failed("closingLeavesNothing", "the thread \"sneaking\"");
    }

    /** Cannot be closed when it was not initialised. */
    static class Untidy extends ReporterContractTest {
        @Override protected Reporter newPlugin(Path folder) {
            return new Good() {
                private Environment environment;

                @Override public void init(Environment of) throws IOException {
                    super.init(of);
                    environment = of;
                }

                @Override public void close() throws IOException {
                    environment.labels();
                    super.close();
                }
            };
        }
    }

    @Test void itFindsACloseThatNeedsAnInit() {
        Broken.run(Untidy.class, "itCanBeClosedWithoutInitAndTwice").failed("itCanBeClosedWithoutInitAndTwice", "NullPointerException");
    }

    /** Takes nothing in until it is let. */
    private static final class Slow implements Reporter {
        final CountDownLatch let = new CountDownLatch(1);
        final AtomicLong seen = new AtomicLong();

        @Override public void requests(List<RequestEvent> batch) throws InterruptedException {
            let.await();
            seen.addAndGet(batch.size());
        }
    }

    /** What a reporter cannot take in time is dropped, counted, and delays nobody. */
    @Test void whatASlowReporterMissesIsCounted() throws Exception {
        var slow = new Slow();
        try (var katydid = EmbeddedKatydid.open(Katydid.environment(IdleUser.class).loops(1).plugin(slow))) {
            katydid.start(1);
            int sent = 110_000;
            for (int i = 0; i < sent; i++) ReporterRun.request(katydid.environment(), "/fine", "/bad");
            slow.let.countDown();
            katydid.finish();
            var snapshot = katydid.environment().stats().snapshot();
            assertThat(snapshot.total().numRequests()).isEqualTo(2L * sent);
            assertThat(snapshot.health().droppedForReporters()).isPositive().isEqualTo(2L * sent - slow.seen.get());
        }
    }
}
