package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.katydid.kernel.options.OptionValues;
import io.katydid.parity.Parity;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a worker does when a foreign master orders it. */
class WorkerOrdersTest extends ForeignMaster {

    @Test
    @Parity({"PR-61", "PR-23", "AC-61"}) void anOlderOrderIsDiscarded() {
        var worker = worker();
        master.spawn(Map.of("A", 2), Map.of("timestamp", 5000.5));
        master.await("spawning_complete", 1);
        master.spawn(Map.of("A", 5), Map.of("timestamp", 5000.5));
        master.spawn(Map.of("A", 6), Map.of("timestamp", 4999.0));
        // It says so even for these.
        master.await("spawning", 3);
        Cluster.await("both are logged", () -> log.at(Level.INFO).stream()
            .filter("Discard spawn message with older or equal timestamp than timestamp of previous spawn message"::equals).count() == 2);
        assertThat(worker.users()).isEqualTo(2);
        master.spawn(Map.of("A", 3), Map.of("timestamp", 5000.6));
        master.await("spawning_complete", 2);
        assertThat(worker.users()).isEqualTo(3);
    }

    @Test
    @Parity({"PR-61", "AC-63"}) void hostAndStopTimeoutAreTheMasters() {
        var worker = worker(Cluster.STILL, builder -> builder.host("http://own.example.com").stopTimeout(Duration.ofSeconds(9)));
        master.spawn(Map.of("A", 1), Map.of("host", "https://shop.example.com", "stop_timeout", 0.25));
        master.await("spawning_complete", 1);
        assertThat(worker.environment.host()).hasValue("https://shop.example.com");
        assertThat(worker.environment.stopTimeout()).hasValue(Duration.ofMillis(250));
        var none = new HashMap<String, @Nullable Object>();
        none.put("stop_timeout", null);
        master.spawn(Map.of("A", 1), none);
        master.await("spawning_complete", 2);
        assertThat(worker.environment.stopTimeout()).isEmpty();
    }

    @Test
    @Parity({"PR-43", "CL-61", "AC-63"}) void itIsReadyAgainAfterTheStopTimeoutAndItsOwnRest() {
        assertThat(ClusterOptions.REST_AFTER_STOP.defaultValue()).hasValue(0);
        assertThat(ClusterOptions.REST_AFTER_STOP.environmentVariables()).contains("LOCUST_WORKER_ADDITIONAL_WAIT_BEFORE_READY_AFTER_STOP");
        worker(Cluster.STILL, builder -> builder
            .parsedOptions(new OptionValues.Builder().put(ClusterOptions.REST_AFTER_STOP, 1, "test").build()));
        master.spawn(Map.of("A", 1), Map.of("stop_timeout", 0.5));
        master.await("spawning_complete", 1);
        master.send("stop", null);
        master.await("client_stopped", 1);
        long stopped = System.nanoTime();
        assertThat(master.of("client_ready")).hasSize(1);
        master.await("client_ready", 2);
        // Its clock began before ours.
        assertThat(System.nanoTime() - stopped).isGreaterThan(1_300_000_000L);
    }

    @Test
    @Parity({"PR-62", "CL-74", "AC-46", "AC-27"}) void itTakesOwnOptionsAndTagsAndNoOthers() {
        PAID.reset();
        FREE.reset();
        var worker = worker();
        master.spawn(Map.of("A", 2),
            Map.of("parsed_options", Map.of("shop_region", "north", "max_names", 3L, "host", "http://no.example.com",
                "tags", List.of("paid"), "expect_workers", 3L)));
        master.await("spawning_complete", 1);
        Cluster.await("some are paid", () -> PAID.sum() > 10);
        assertThat(FREE.sum()).isZero();
        assertThat(worker.environment.parsedOptions().get("shop-region")).isEqualTo("north");
        assertThat(worker.environment.parsedOptions().get("expect-workers")).isEqualTo(3);
        assertThat(worker.environment.parsedOptions().get("max-names")).isEqualTo(1000);
        assertThat(worker.environment.host()).isEqualTo(Optional.empty());
    }

    @Test
    @Parity({"PR-63", "EV-11"}) void theFirstOrderStartsTheTestAndUnknownClassesAreNamed() {
        var worker = worker();
        master.spawned(Map.of("A", 2));
        master.spawned(Map.of("A", 4));
        assertThat(worker.events).containsOnlyOnce("test_start");
        master.spawn(Map.of("Ghost", 2, "A", 1));
        log.await(Level.ERROR,
            "The master orders users of [Ghost], which this worker's script does not have: it has [A, B]. Give both the same script.");
        assertThat(worker.users()).isEqualTo(4);
        // What was reported before belongs to the test before.
        master.send("stop", null);
        master.await("client_ready", 2);
        master.spawned(Map.of("A", 1));
        assertThat(worker.events).filteredOn("test_start"::equals).hasSize(2);
    }

    @Test
    @Parity("PR-64") void newUsersComeBeforeOthersGo() {
        worker();
        master.spawned(Map.of("A", 3, "B", 0));
        Cluster.await("all have begun", () -> HOOKS.size() == 3);
        master.spawned(Map.of("A", 0, "B", 3));
        Cluster.await("the old ones are gone, and the new ones have begun", () -> HOOKS.size() == 9);
        // Who has a turn first is the loop's affair; that the new ones were there when an old one went is the worker's.
        assertThat(HOOKS.subList(3, 9)).filteredOn("make B"::equals).hasSize(3);
        assertThat(HOOKS.subList(3, 9)).filteredOn(hook -> hook.matches("stop A of [456]")).hasSize(3);
        assertThat(map(master.of("spawning_complete").getLast())).containsEntry("user_classes_count", Map.of("A", 0L, "B", 3L));
    }

    @Test
    @Parity({"PR-65", "RN-4", "AC-49"}) void heartbeatsGoOnWhileAListenerTakesLong() {
        var release = new CountDownLatch(1);
        var done = new LongAdder();
        var worker = worker();
        worker.environment.events().testStart().addListener(_ -> {
            try {
                release.await();
                done.increment();
            } catch (InterruptedException no) {
                Thread.currentThread().interrupt();
            }
        });
        master.spawn(Map.of("A", 1));
        master.await("spawning", 1);
        int before = master.of("heartbeat").size();
        master.spawn(Map.of("A", 3));
        assertThat(map(master.await("heartbeat", before + 10))).containsEntry("state", "spawning");
        // It reads on only when the listener is done.
        assertThat(master.of("spawning")).hasSize(1);
        release.countDown();
        Cluster.await("the later order is followed", () -> worker.users() == 3);
        assertThat(done.sum()).isOne();
    }

    @Test
    @Parity({"PR-47", "AC-97"}) void theMasterChangesAUserClass() {
        var worker = worker();
        master.send("update_user_class", Map.of("user_class_name", "A", "host", "https://other.example.com"));
        master.spawned(Map.of("A", 1));
        assertThat(worker.environment.userClasses()).filteredOn(type -> type.name().equals("A")).singleElement()
            .satisfies(type -> assertThat(type.host()).hasValue("https://other.example.com"));
        master.send("update_user_class", Map.of("user_class_name", "Ghost"));
        Cluster.await("it is logged",
            () -> log.at(Level.ERROR).stream().anyMatch(line -> line.startsWith("The master's change of a user class is left out: ")
                && line.contains("Ghost")));
    }
}
