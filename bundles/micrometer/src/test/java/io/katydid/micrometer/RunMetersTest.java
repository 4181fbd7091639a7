package io.katydid.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.CatchResponseError;
import io.katydid.api.Environment;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.RequestStats;
import io.katydid.api.stats.Snapshot;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.KernelEnvironment;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Reads the meters of real environments. */
class RunMetersTest {
    private static final Pattern ROW = Pattern.compile("<tr>" + "<td>([^<]*)</td>".repeat(5) + "</tr>");

    static final class Waiting extends User {
        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Task void nothing() {}
    }

    private static EnvironmentBuilder builder() {
        return new EnvironmentBuilder().userClasses(List.of(Waiting.class)).loops(1).plugin(new RunMeters());
    }

    private static SimpleMeterRegistry backend(Environment environment) {
        var backend = new SimpleMeterRegistry();
        RunMeters.registry(environment).add(backend);
        return backend;
    }

    private static void requests(Environment environment, String name) {
        for (int i = 0; i < 10; i++) environment.events().request().report("GET", name, 100).success();
        environment.events().request().report("GET", name, 300).failure(new CatchResponseError("no"));
        environment.events().request().report("GET", name, Double.NaN).success();
    }

    @Test void theMetersShowTheNewestSnapshotAndTwoEnvironmentsDoNotMix() {
        try (var one = builder().build(); var two = builder().build()) {
            var meters = backend(one);
            var others = backend(two);
            var runner = one.createLocalRunner();
            one.init();
            runner.start(2, 100);
            requests(one, "/a");
            Awaitility.await().atMost(20, TimeUnit.SECONDS)
                .until(() -> meters.find("katydid.users").gauge() != null && meters.get("katydid.users").gauge().value() == 2);
            assertThat(meters.get("katydid.users").gauge().getId().getTag("class")).isEqualTo("Waiting");
            one.shutdown(1);

            assertThat(meters.get("katydid.requests").tag("name", "/a").functionCounter().count()).isEqualTo(12);
            assertThat(meters.get("katydid.failures").tag("method", "GET").functionCounter().count()).isEqualTo(1);
            var timer = meters.get("katydid.response.time").functionTimer();
            assertThat(timer.count()).isEqualTo(11);
            assertThat(timer.totalTime(TimeUnit.SECONDS)).isBetween(1.2999, 1.3001);
            assertThat(meters.get("katydid.response.time.percentile").tag("phi", "0.5").gauge().value()).isBetween(0.099, 0.101);
            assertThat(meters.get("katydid.response.time.percentile").tag("phi", "0.99").gauge().value()).isBetween(0.299, 0.301);
            assertThat(meters.get("katydid.loop.utilisation").tag("loop", "0").gauge().value()).isBetween(0.0, 1.0);
            assertThat(meters.find("katydid.wake.up.delay").gauge()).isNotNull();
            assertThat(meters.find("katydid.gc.pause").gauge()).isNotNull();
            assertThat(meters.find("katydid.stolen.time").gauge()).isNotNull();
            assertThat(others.getMeters()).isEmpty();
        }
    }

    @Test void metersGoWithTheNamesTheyMeasureAndWithTheBundle() {
        var plugin = new RunMeters();
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Waiting.class)).loops(1).plugin(plugin).build()) {
            var meters = backend(environment);
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(0, 1);
            requests(environment, "/old");
            runner.stop();
            Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> names(meters).contains("/old"));

            runner.start(0, 1);
            requests(environment, "/new");
            environment.stats().resetAll();
            requests(environment, "/new");
            environment.shutdown(1);

            assertThat(names(meters)).containsExactly("/new");
            assertThat(meters.get("katydid.requests").functionCounter().count()).isEqualTo(12);
            plugin.close();
            assertThat(meters.getMeters()).isEmpty();
        }
    }

    private static TreeSet<String> names(MeterRegistry meters) {
        return meters.getMeters().stream().map(meter -> String.valueOf(meter.getId().getTag("name"))).filter(name -> name.startsWith("/"))
            .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test void theLabelsOfTheEnvironmentAreTagsOfEachMeter() {
        try (var environment = builder().labels(Map.of("team", "pay", "name", "mine")).build()) {
            var meters = backend(environment);
            run(environment);
            assertThat(meters.getMeters()).isNotEmpty().allSatisfy(meter -> assertThat(meter.getId().getTag("team")).isEqualTo("pay"));
            assertThat(meters.get("katydid.requests").functionCounter().getId().getTag("name")).as("the request's own name wins")
                .isEqualTo("/a");
        }
    }

    private static void run(KernelEnvironment environment) {
        var runner = environment.createLocalRunner();
        environment.init();
        runner.start(1, 100);
        requests(environment, "/a");
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> environment.stats().snapshot().userCount() == 1);
        environment.shutdown(1);
    }

    /** The table in the Javadoc of {@link RunMeters} and the meters of a run are the same set, with type, unit and tags. */
    @Test void theTableInTheDocumentationIsWhatIsRegistered() throws Exception {
        var source = Files.readString(Path.of("src/main/java/io/katydid/micrometer/RunMeters.java"));
        var documented = new TreeSet<String>();
        for (var row = ROW.matcher(source); row.find();)
            documented
                .add(row.group(1) + " | " + row.group(2) + " | " + row.group(3) + " | " + new TreeSet<>(List.of(row.group(4).split(", "))));
        try (var environment = builder().build()) {
            var meters = backend(environment);
            run(environment);
            assertThat(documented).hasSize(9)
                .isEqualTo(meters.getMeters().stream().map(RunMetersTest::row).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    private static String row(Meter meter) {
        var id = meter.getId();
        var type = switch (id.getType()) {
            case COUNTER -> "counter";
            case GAUGE -> "gauge";
            case TIMER, OTHER -> "timer";
            default -> id.getType().toString();
        };
        var tags = id.getTags().stream().map(tag -> tag.getKey()).collect(Collectors.toCollection(TreeSet::new));
        return id.getName() + " | " + type + " | " + (id.getBaseUnit() == null ? "-" : id.getBaseUnit()) + " | "
            + (tags.isEmpty() ? "[-]" : tags);
    }

    /** A thousand names must not cost a million look-ups: counted, not timed. */
    @Test void workGrowsWithTheNamesNotWithTheirSquare() throws Exception {
        var calls = new AtomicLong();
        var entries = new ArrayList<EntrySnapshot>();
        for (int i = 0; i < 1000; i++) {
            var name = "/" + i;
            entries.add(fake(EntrySnapshot.class, calls, Map.of("name", name, "method", "GET")));
        }
        var health = new Snapshot.Health(List.of(), Double.NaN, Double.NaN, Double.NaN, 0);
        var snapshot = fake(Snapshot.class, new AtomicLong(), Map.of("entries", entries, "health", health, "userCounts", Map.of()));
        var stats = fake(RequestStats.class, new AtomicLong(), Map.of("snapshot", snapshot));
        var registry = new io.micrometer.core.instrument.composite.CompositeMeterRegistry();
        var environment = fake(Environment.class, new AtomicLong(), Map.of("stats", stats, "shared", registry, "labels", Map.of()));
        var meters = new SimpleMeterRegistry();
        registry.add(meters);
        var plugin = new RunMeters();
        plugin.init(environment);
        for (int second = 0; second < 3; second++) plugin.snapshot(snapshot);
        var values = new ArrayList<Double>();
        for (var meter : meters.getMeters()) meter.measure().forEach(measurement -> values.add(measurement.getValue()));

        assertThat(values).hasSizeGreaterThan(6000);
        assertThat(calls.get()).isBetween(6000L, 40_000L);
    }

    private static <T> T fake(Class<T> type, AtomicLong calls, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (_, method, _) -> {
            calls.incrementAndGet();
            if (answers.containsKey(method.getName())) return answers.get(method.getName());
            if (method.getReturnType() == long.class) return 7L;
            if (method.getReturnType() == double.class) return 7.0;
            if (method.getReturnType().isInterface()) return fake(method.getReturnType(), calls, Map.of());
            throw new UnsupportedOperationException(method.toString());
        }));
    }
}
