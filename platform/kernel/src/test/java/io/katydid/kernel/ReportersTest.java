package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Environment;
import io.katydid.api.Reporter;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.stats.Snapshot;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Lets reporters see whole runs, and fail in each way they can. */
class ReportersTest {

    static final class Nobody extends User {
        @Task void nothing() {}
    }

    /** Writes down what it is told. */
    static class Seen implements Reporter {
        final List<String> log = new CopyOnWriteArrayList<>();
        volatile long requests;
        volatile long batched;

        @Override public void started(Environment environment) { log.add("started"); }

        @Override public void requests(List<RequestEvent> batch) { batched += batch.size(); }

        @Override public void snapshot(Snapshot second) {
            requests = second.total().numRequests();
            if (second.last()) log.add("last");
        }

        @Override public void finished(Environment environment, int exitCode) { log.add("finished " + exitCode); }

        @Override public void close() { log.add("closed"); }
    }

    private static void run(int requests, boolean shutdown, Reporter... reporters) {
        var builder = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1);
        for (var reporter : reporters) builder.plugin(reporter);
        try (var environment = builder.build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(0, 1);
            for (int i = 0; i < requests; i++) environment.events().request().report("GET", "/a", 1).success();
            if (shutdown) environment.shutdown(1);
            else runner.quit();
        }
    }

    @Test void aReporterSeesEveryRequestInTheLastSnapshotAndInItsBatches() {
        var seen = new Seen();
        run(2500, true, seen);
        assertThat(seen.log).containsExactly("started", "last", "finished 0", "closed");
        assertThat(seen.requests).isEqualTo(2500);
        assertThat(seen.batched).isEqualTo(2500);
    }

    @Test void aProgramThatOnlyClosesLosesNothingEither() {
        var seen = new Seen();
        run(10, false, seen);
        assertThat(seen.log).containsExactly("started", "last", "finished 0", "closed");
        assertThat(seen.requests).isEqualTo(10);
    }

    @Test void anEnvironmentThatNeverRanHasNothingToReport() {
        var seen = new Seen();
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).plugin(seen).build()) {
            environment.createLocalRunner();
            environment.init();
        }
        assertThat(seen.log).containsExactly("closed");
    }

    @Test void aReporterThatThrowsAnythingGoesOnToItsEndAndHarmsNoOther() {
        var failing = new Seen() {
            @Override public void started(Environment environment) {
                super.started(environment);
                throw new StackOverflowError("deep");
            }

            @Override public void requests(List<RequestEvent> batch) { throw new IllegalStateException("no"); }

            @Override public void snapshot(Snapshot second) {
                super.snapshot(second);
                throw new OutOfMemoryError("pretended");
            }
        };
        var other = new Seen();
        run(5, true, failing, other);
        assertThat(failing.log).containsExactly("started", "last", "finished 0", "closed");
        assertThat(other.log).containsExactly("started", "last", "finished 0", "closed");
    }

    @Test void whatASlowReporterCannotTakeIsCountedAndNoUserWaitsForIt() {
        var release = new CountDownLatch(1);
        var health = new AtomicLong();
        var slow = new Seen() {
            @Override public void requests(List<RequestEvent> batch) {
                super.requests(batch);
                try {
                    release.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override public void snapshot(Snapshot second) { health.set(second.health().droppedForReporters()); }
        };
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).plugin(slow).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(0, 1);
            for (int i = 0; i < 105_000; i++) environment.events().request().report("GET", "/a", 1).success();
            runner.stop();
            release.countDown();
            environment.shutdown(1);
        }
        // A full queue and at most one batch that was under way.
        assertThat(slow.batched).isBetween(100_000L, 101_000L);
        assertThat(health.get()).isEqualTo(105_000 - slow.batched);
    }

    @Test void aReporterRunsWithTheClassLoaderOfItsBundle() throws Exception {
        var here = Loading.class.getProtectionDomain().getCodeSource().getLocation();
        try (var bundle = new Bundle(here)) {
            var reporter = (Reporter) bundle.loadClass(Loading.class.getName()).getDeclaredConstructor().newInstance();
            run(1, true, reporter);
            assertThat(reporter.toString()).isEqualTo(bundle.toString());
        }
    }

    /** Has its own copy of {@link Loading}. */
    private static final class Bundle extends URLClassLoader {
        Bundle(URL classes) {
            super(new URL[]{classes}, ReportersTest.class.getClassLoader());
        }

        @Override protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Loading.class.getName())) return super.loadClass(name, resolve);
            var own = findLoadedClass(name);
            return own == null ? findClass(name) : own;
        }
    }
}
