package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Environment;
import io.katydid.api.Plugin;
import io.katydid.api.Reporter;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.api.cli.Option;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.stats.StatsEntry;
import io.katydid.kernel.options.KernelOptions;
import io.katydid.kernel.options.OptionValues;
import io.katydid.launcher.SingleUser.Print;
import io.katydid.parity.Parity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

    /** Does one request and ends. */
    public static class Once extends User {
        @Task void once() {
            environment().events().request().report("T", "only", 12).failure("nope");
            throw new StopUser();
        }
    }

    @Test
    @Parity("SD-198") void oneUserPrintsALinePerRequestAndEnds() {
        var out = new ByteArrayOutputStream();
        SingleUser.of(Once.class).include(Print.LENGTH).printTo(new PrintStream(out, true, StandardCharsets.UTF_8)).run();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("T\tonly" + " ".repeat(46) + "\t12     \t0\t").contains("nope");
    }

    /** Is what both environments of a test have alike: each user tells its environment who it is. */
    public abstract static class Teller extends User {
        abstract String name();

        @Override protected WaitTime waitTime() { return constant(0.002); }

        @Override protected void onStart() {
            environment().shared("count", AtomicInteger.class, AtomicInteger::new).incrementAndGet();
            environment().runner().sendMessage("hello", name() + " " + environment().host().orElse(""));
        }

        @Task void call() { measure("T", name(), () -> {}); }
    }

    /** Belongs to the first environment. */
    public static class First extends Teller {
        @Override String name() { return "first"; }
    }

    /** Belongs to the second; each of its requests fails. */
    public static class Second extends Teller {
        @Override String name() { return "second"; }

        @Override
        @Task void call() {
            measure("T", "second", () -> { throw new IllegalStateException("on purpose"); });
            throw new IllegalArgumentException("an exception of second");
        }
    }

    /** Notes whatever reaches it. */
    private static final class Notes implements Reporter {
        final Set<String> requests = ConcurrentHashMap.newKeySet();
        final Set<String> snapshots = ConcurrentHashMap.newKeySet();
        final List<String> events = new CopyOnWriteArrayList<>();
        final Set<String> heard = ConcurrentHashMap.newKeySet();

        @Override public void init(Environment environment) {
            var hooks = environment.events();
            hooks.request().addListener(event -> heard.add(event.name() + " by " + event.user().orElseThrow().getClass().getSimpleName()
                + (event.user().orElseThrow().environment() == environment ? "" : " of another environment")));
            hooks.userError().addListener(event -> heard.add(event.exception().getMessage()));
            hooks.testStart().addListener(event -> events.add("test_start " + (event.environment() == environment)));
            hooks.spawningComplete().addListener(event -> events.add("spawning_complete " + event.userCount()));
            hooks.testStop().addListener(event -> events.add("test_stop " + (event.environment() == environment)));
            hooks.quitting().addListener(event -> events.add("quitting " + (event.environment() == environment)));
            environment.runner().registerMessage("hello", String.class, (_, message) -> heard.add("message " + message.data()));
        }

        @Override public void requests(List<RequestEvent> batch) { batch.forEach(event -> requests.add(event.name())); }

        @Override public void snapshot(io.katydid.api.stats.Snapshot second) {
            second.entries().forEach(entry -> snapshots.add(entry.name()));
        }
    }

    private static final Option<String> COLOUR = Option.string("--colour");

    private static Environment environment(Class<? extends User> type, String host, int timeout, String colour, Plugin notes) {
        var options = new OptionValues.Builder().add(KernelOptions.HOST).put(COLOUR, colour, "test").build();
        return Katydid.environment(type).host(host).stopTimeout(Duration.ofSeconds(timeout)).parsedOptions(options).plugin(notes).build();
    }

    @Test
    @Parity({"SD-11", "SD-147"}) void twoEnvironmentsAtOnceShareNothing() throws Exception {
        var one = new Notes();
        var two = new Notes();
        try (var first = environment(First.class, "http://one", 1, "red", one);
            var second = environment(Second.class, "http://two", 2, "blue", two);
            var firstRunner = first.createLocalRunner();
            var secondRunner = second.createLocalRunner()) {
            first.init();
            second.init();
            var together = new CyclicBarrier(2);
            var other = Thread.ofPlatform().start(() -> {
                meet(together);
                secondRunner.start(3, 100);
            });
            meet(together);
            firstRunner.start(2, 100);
            other.join();
            await(() -> one.snapshots.contains("first") && two.snapshots.contains("second") && two.events.size() == 2);

            firstRunner.quit();
            assertThat(firstRunner.userCount()).isZero();
            assertThat(secondRunner.userCount()).isEqualTo(3);
            long before = second.stats().total().numRequests();
            await(() -> second.stats().total().numRequests() > before);
            secondRunner.quit();

            assertThat(names(first)).containsExactly("first");
            assertThat(names(second)).containsExactly("second");
            assertThat(first.stats().total().numFailures()).isZero();
            assertThat(second.stats().total().numFailures()).isEqualTo(second.stats().total().numRequests());
            assertThat(first.stats().exceptions()).isEmpty();
            assertThat(second.stats().exceptions()).singleElement().satisfies(row -> assertThat(row.message()).contains("of second"));
            assertThat(one.heard).containsExactlyInAnyOrder("first by First", "message first http://one");
            assertThat(two.heard).containsExactlyInAnyOrder("second by Second", "an exception of second", "message second http://two");
            assertThat(one.requests).containsExactly("first");
            assertThat(two.requests).containsExactly("second");
            assertThat(one.snapshots).containsExactly("first");
            assertThat(two.snapshots).containsExactly("second");
            assertThat(one.events).containsExactly("test_start true", "spawning_complete 2", "test_stop true", "quitting true");
            assertThat(two.events).containsExactly("test_start true", "spawning_complete 3", "test_stop true", "quitting true");
            assertThat(first.parsedOptions().get(COLOUR)).isEqualTo("red");
            assertThat(second.parsedOptions().get(COLOUR)).isEqualTo("blue");
            assertThat(first.host()).contains("http://one");
            assertThat(second.stopTimeout()).contains(Duration.ofSeconds(2));
            assertThat(first.shared("count", AtomicInteger.class, AtomicInteger::new)).hasValue(2);
            assertThat(second.shared("count", AtomicInteger.class, AtomicInteger::new)).hasValue(3);
            assertThat(first.run().orElseThrow().id()).isNotEqualTo(second.run().orElseThrow().id());
            assertThat(first.run().orElseThrow().parameters()).containsEntry("users", 2).containsEntry("host", "http://one");
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    private static List<String> names(Environment environment) {
        return environment.stats().entries().stream().map(StatsEntry::name).toList();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it did not come true within 30 s").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
