package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.katydid.api.State;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.cli.Option;
import io.katydid.kernel.options.KernelOptions;
import io.katydid.kernel.options.OptionValues;
import io.katydid.parity.Parity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a master orders of foreign workers. */
class OrdersTest extends ForeignWorkers {
    private static final Option<String> REGION = Option.string("--shop-region");
    private static final Option<List<String>> CODES = Option.strings("--codes");
    private static final Option<Double> SHARE = Option.decimal("--share");
    OrdersTest() {
        super(
            builder -> builder.userClasses(List.of(A.class, B.class)).host("https://shop.example.com").stopTimeout(Duration.ofMillis(1500))
                .parsedOptions(options()));
    }

    /** Is the first class. */
    static class A extends User {
        @Task void rest() {}
    }

    /** Is the second class. */
    static class B extends User {
        @Task void rest() {}
    }

    private static OptionValues options() {
        var builder = new OptionValues.Builder();
        builder.put(KernelOptions.TAGS, List.of("slow", "paid"), "test").put(KernelOptions.RUN_TIME, Duration.ofSeconds(90), "test");
        builder.add(KernelOptions.EXCLUDE_TAGS).add(KernelOptions.HEADLESS).add(KernelOptions.MAX_NAMES);
        builder.put(REGION, "north", "test").put(CODES, List.of("1", "2"), "test").put(SHARE, 0.25, "test");
        return builder.put(ClusterOptions.WAIT_FOR_REPORTS, "0.2", "test").build();
    }

    @Test
    @Parity({"PR-41", "PR-106", "RN-14", "RN-12"}) void anOrderHasFiveKeysAndTheNumberOfEachClass() {
        var worker = obedient("a_1");
        cluster.runner().start(3, 100);
        cluster.awaitUsers(3);
        cluster.runner().start(1, 100);
        cluster.awaitUsers(1);
        cluster.runner().start(0, 100);
        Cluster.await("there are no users", () -> cluster.master.users() == 0);
        assertThat(worker.of("spawn")).hasSize(3).allSatisfy(order -> {
            assertThat(RawWorker.map(order).keySet()).containsExactly("timestamp", "user_classes_count", "host", "stop_timeout",
                "parsed_options");
            assertThat(RawWorker.map(order)).containsEntry("host", "https://shop.example.com").containsEntry("stop_timeout", 1.5);
            assertThat(RawWorker.map(order).get("timestamp")).isInstanceOf(Double.class);
        });
        assertThat(worker.orders()).containsExactly(Map.of("A", 2L, "B", 1L), Map.of("A", 1L, "B", 0L), Map.of("A", 0L, "B", 0L));
        assertThat(log.at(Level.INFO)).contains("Sending spawn jobs of 3 users at 100.00 spawn rate to 1 ready workers");
    }

    @Test
    @Parity({"PR-41", "PR-106"}) void timestampsRiseStrictlyWithEachOrder() {
        var worker = obedient("a_1");
        // Faster than the clock's milliseconds.
        for (int users = 1; users <= 40; users++) cluster.runner().start(users, 1000);
        cluster.awaitUsers(40);
        var times = worker.of("spawn").stream().map(order -> (Double) RawWorker.map(order).get("timestamp")).toList();
        assertThat(times).doesNotHaveDuplicates().isSorted();
        assertThat(times.getFirst()).isBetween(System.currentTimeMillis() / 1000.0 - 60, System.currentTimeMillis() / 1000.0 + 1);
    }

    @Test
    @Parity("PR-101") void optionsOnTheWireAreWhatEveryWorkerCanRead() {
        var worker = obedient("a_1");
        cluster.runner().start(1, 100);
        var options = new TreeMap<String, @Nullable Object>();
        assertThat(RawWorker.map(worker.await("spawn", 1)).get("parsed_options")).isInstanceOf(Map.class);
        ((Map<?, ?>) RawWorker.map(worker.await("spawn", 1)).get("parsed_options"))
            .forEach((key, value) -> options.put((String) key, value));
        assertThat(options).containsEntry("tags", List.of("slow", "paid")).containsEntry("exclude_tags", null)
            .containsEntry("run_time", 90.0).containsEntry("shop_region", "north").containsEntry("codes", List.of("1", "2"))
            .containsEntry("share", 0.25).containsEntry("max_names", 1000L).containsEntry("headless", false);
        assertThat(options).hasSizeGreaterThan(8).allSatisfy((_, value) -> assertThat(isReadable(value)).isTrue());
    }

    private static boolean isReadable(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String _,Double _,Long _,Boolean _ -> true;
            case List<?> list -> list.stream().allMatch(String.class::isInstance);
            default -> false;
        };
    }

    @Test
    @Parity({"PR-42", "RN-16", "RN-15"}) void theEndOfTheRampIsToldToAllWithAllUsers() {
        var first = obedient("a_1");
        var second = obedient("b_2");
        cluster.runner().start(4, 100);
        for (var worker : List.of(first, second)) {
            assertThat(RawWorker.map(worker.await("spawning_complete", 1))).isEqualTo(Map.of("user_count", 4L));
            assertThat(worker.types().indexOf("spawning_complete")).isGreaterThan(worker.types().indexOf("spawn"));
        }
        assertThat(cluster.master.events).containsSubsequence("test_start", "spawning_complete 4");
        log.await(Level.INFO, "All users spawned: {\"A\": 2, \"B\": 2} (4 total users)");
        assertThat(log.at(Level.INFO)).noneMatch(line -> line.startsWith("Spawning is complete and report waittime is expired"));
    }

    @Test
    @Parity({"AC-28", "RN-15", "CL-60"}) void aWorkerThatDoesNotSayThatItsUsersAreThereIsWaitedForOnlyShortly() {
        assertThat(ClusterOptions.WAIT_FOR_REPORTS.defaultValue()).hasValue("1.0");
        assertThat(ClusterOptions.WAIT_FOR_REPORTS.environmentVariables()).contains("LOCUST_WAIT_FOR_WORKERS_REPORT_AFTER_RAMP_UP");
        obedient("a_1");
        ready("b_2");
        cluster.runner().start(4, 100);
        Cluster.await("the ramp is over", () -> cluster.master.events.contains("spawning_complete 2"));
        var late = "Spawning is complete and report waittime is expired, but not all reports received from workers: ";
        assertThat(log.at(Level.INFO)).filteredOn(line -> line.startsWith(late)).hasSize(1)
            .allMatch(line -> line.contains("=1") || line.contains("=2"));
        assertThat(cluster.master.state()).isEqualTo(State.RUNNING);
    }

    @Test
    @Parity("RN-18") void aMasterWithoutWorkersStartsNothing() {
        cluster.runner().start(4, 100);
        assertThat(log.at(Level.WARN)).containsExactly(
            "You can't start a distributed test before at least one worker processes has connected");
        assertThat(cluster.master.state()).isEqualTo(State.READY);
        assertThat(cluster.master.events).isEmpty();
    }

    @Test
    @Parity({"AC-57", "RN-66"}) void sevenUsersAreSpreadOverFiveWorkers() {
        for (int i = 0; i < 5; i++) obedient("w_" + i);
        cluster.runner().start(7, 1000);
        cluster.awaitUsers(7);
        assertThat(workers).extracting(worker -> sum(worker)).containsExactlyInAnyOrder(2L, 2L, 1L, 1L, 1L);
        cluster.runner().start(2, 1000);
        cluster.awaitUsers(2);
        assertThat(workers).extracting(worker -> sum(worker)).containsExactlyInAnyOrder(1L, 1L, 0L, 0L, 0L);
    }

    private static long sum(RawWorker worker) {
        return worker.orders().getLast().values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    @Parity({"RN-60", "AC-70"}) void differentHostsComeFirst() {
        for (var id : List.of("hostA_1", "hostA_2", "hostA_3", "hostB_1", "hostC_1")) obedient(id);
        cluster.runner().start(3, 1000);
        cluster.awaitUsers(3);
        assertThat(workers).extracting(worker -> sum(worker)).containsExactly(1L, 0L, 0L, 1L, 1L);
    }

    @Test
    @Parity({"PR-82", "AC-55"}) void aSecondWorkerGetsItsHalfWithoutRebalancing() {
        var first = obedient("a_1");
        cluster.runner().start(100, 200);
        cluster.awaitUsers(100);
        assertThat(first.orders()).extracting(counts -> counts.get("A") + counts.get("B")).containsExactly(100L);
        var second = obedient("b_2");
        second.awaitOrdered(50);
        first.awaitOrdered(50);
        cluster.awaitUsers(100);
    }

    @Test
    @Parity({"RN-13", "AC-56"}) void anOrderGoesToAllThatAreUsable() {
        var ready = ready("a_1");
        var spawning = ready("b_2");
        var running = ready("c_3");
        spawning.beat("spawning");
        running.beat("running");
        spawning.await("heartbeat", 1);
        running.await("heartbeat", 1);
        cluster.runner().start(3, 400);
        for (var worker : List.of(ready, spawning, running)) worker.awaitOrdered(1);
        assertThat(log.at(Level.WARN)).hasSize(1).first().asString()
            .startsWith(
                "Your selected total spawn rate is quite high (>100/s per worker), and this is known to sometimes cause issues with workers")
            .endsWith("Do you really need to ramp up that fast?");
    }
}
