package io.katydid.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.katydid.api.Environment;
import io.katydid.api.Reporter;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.stats.Snapshot;
import io.katydid.kernel.Logged;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Hands reporters more than they can take, takes them away, and lets them fail. */
class ReporterQueueTest {
    private final Reporters reporters = new Reporters();
    private final List<String> log = new CopyOnWriteArrayList<>();

    /** Writes down what it hears, by its name; takes no requests. */
    private class Hears implements Reporter {
        final String name;

        Hears(String name) {
            this.name = name;
        }

        @Override public void started(Environment environment) { log.add(name + " started"); }

        @Override public void snapshot(Snapshot second) { log.add(name + " snapshot" + (second.last() ? " last" : "")); }

        @Override public void finished(Environment environment, int exitCode) { log.add(name + " finished " + exitCode); }
    }

    private final class Takes extends Hears {
        Takes(String name) {
            super(name);
        }

        @Override public void requests(List<RequestEvent> batch) { log.add(name + " requests " + batch.size()); }
    }

    @SuppressWarnings("unchecked") private static <T> T fake(Class<T> type, boolean last) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (_, method, _) -> {
            if (method.getName().equals("last")) return last;
            throw new UnsupportedOperationException(method.getName());
        });
    }

    private final Environment environment = fake(Environment.class, false);
    private final Snapshot second = fake(Snapshot.class, false);
    private final Snapshot last = fake(Snapshot.class, true);
    private final RequestEvent request = fake(RequestEvent.class, false);

    private void await(int lines) {
        Awaitility.await().atMost(Duration.ofSeconds(Integer.getInteger("katydid.await.seconds", 20))).until(() -> log.size() >= lines);
    }

    @Test void requestsAreForThoseThatTakeThem() {
        reporters.add(new Hears("a"));
        assertThat(reporters.wantRequests()).isFalse();
        var taker = new Takes("b");
        reporters.add(taker);
        reporters.add(new Hears("c"));
        assertThat(reporters.wantRequests()).isTrue();
        reporters.request(request);
        await(1);
        reporters.request(request);
        reporters.remove(taker);
        assertThat(log).containsExactly("b requests 1", "b requests 1");
        assertThat(reporters.wantRequests()).isFalse();
        reporters.request(request);
        reporters.finish(environment, 0);
        assertThat(log).containsExactly("b requests 1", "b requests 1", "a finished 0", "c finished 0");
        assertThat(reporters.dropped()).isZero();
    }

    @Test void whatWasHandedOverComesBeforeTheLeaveAndNothingAfterIt() {
        var leaving = new Hears("leaving");
        var staying = new Hears("staying");
        reporters.add(leaving);
        reporters.add(staying);
        reporters.started(leaving, environment);
        reporters.snapshot(second);
        reporters.remove(leaving);
        reporters.snapshot(last);
        reporters.finish(environment, 3);
        assertThat(log).filteredOn(line -> line.startsWith("leaving")).containsExactly("leaving started", "leaving snapshot");
        assertThat(log).filteredOn(line -> line.startsWith("staying")).containsExactly("staying snapshot", "staying snapshot last",
            "staying finished 3");
        reporters.snapshot(second);
        reporters.finish(environment, 4);
        assertThat(log).hasSize(5);
    }

    @Test void oneThatHangsCollectsTenSnapshotsAndTheLast() {
        var free = new CountDownLatch(1);
        reporters.add(new Hears("slow") {
            @Override public void started(Environment of) {
                log.add("hangs");
                try {
                    free.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        reporters.started(environment);
        await(1);
        for (int i = 0; i < 50; i++) reporters.snapshot(second);
        reporters.snapshot(last);
        free.countDown();
        reporters.finish(environment, 0);
        assertThat(log).filteredOn("slow snapshot"::equals).hasSize(10);
        assertThat(log).endsWith("slow snapshot last", "slow finished 0");
    }

    @Test void failuresAreSaidOnceAndThoseOfTheEndApart() {
        Consumer<String> fails = what -> {
            log.add(what);
            throw new IllegalStateException("no " + what);
        };
        try (var said = new Logged("katydid.reporter")) {
            reporters.add(new Hears("failing") {
                @Override public void snapshot(Snapshot of) { fails.accept("snapshot"); }

                @Override public void finished(Environment of, int exitCode) { fails.accept("finish"); }
            });
            reporters.snapshot(second);
            reporters.snapshot(second);
            reporters.finish(environment, 0);
            assertThat(log).containsExactly("snapshot", "snapshot", "finish");
            assertThat(said.at(Level.ERROR)).hasSize(2);
            assertThat(said.at(Level.ERROR).getFirst())
                .contains(" failed (further failures are not shown): java.lang.IllegalStateException: no snapshot");
            assertThat(said.at(Level.ERROR).getLast())
                .contains(" could not finish, what it writes may be incomplete: java.lang.IllegalStateException: no finish");
        }
    }
}
