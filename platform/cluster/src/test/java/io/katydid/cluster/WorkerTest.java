package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.katydid.cluster.wire.WireMessage;
import io.katydid.parity.Parity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** What a worker tells a foreign master. */
class WorkerTest extends ForeignMaster {

    @Test
    @Parity({"PR-20", "PR-23", "PR-24", "PR-25", "PR-29", "PR-43", "PR-105", "AC-62"}) void itsMessagesComeInOrder() {
        var worker = worker();
        assertThat(worker.worker().workerIndex()).isEqualTo(4);
        assertThat(master.of("client_ready").getFirst()).matches(message -> Long.valueOf(-1).equals(message.data()))
            .matches(message -> message.nodeId().equals(worker.worker().clientId()));
        master.spawned(Map.of("A", 2, "B", 0));
        assertThat(master.of("spawning").getFirst().data()).isNull();
        assertThat(map(master.of("spawning_complete").getFirst()))
            .isEqualTo(Map.of("user_classes_count", Map.of("A", 2L, "B", 0L), "user_count", 2L));
        assertThat(worker.users()).isEqualTo(2);
        master.send("spawning_complete", Map.of("user_count", 7L));
        Cluster.await("the end of the ramp is fired", () -> worker.events.contains("spawning_complete 7"));
        master.send("stop", null);
        assertThat(master.await("client_stopped", 1).data()).isNull();
        assertThat(worker.users()).isZero();
        master.await("client_ready", 2);
        // And once more, with a quit.
        master.spawned(Map.of("A", 1, "B", 0));
        master.send("quit", null);
        assertThat(master.await("quit", 1).data()).isNull();
        assertThat(master.types()).containsExactly("client_ready", "spawning", "spawning_complete", "client_stopped", "client_ready",
            "spawning",
            "spawning_complete", "quit");
    }

    @Test
    @Parity({"PR-21", "RN-4", "AC-62"}) void aHeartbeatHasThreeKeysForAForeignMaster() {
        assertThat(Pace.defaults().heartbeat()).isEqualTo(Duration.ofSeconds(1));
        worker();
        awaitState("ready");
        master.spawned(Map.of("A", 1));
        awaitState("running");
        master.send("stop", null);
        awaitState("ready");
        assertThat(master.of("heartbeat")).hasSizeGreaterThan(2).allSatisfy(beat -> {
            assertThat(map(beat).keySet()).containsExactlyInAnyOrder("state", "current_cpu_usage", "current_memory_usage");
            assertThat(map(beat).get("current_cpu_usage")).isInstanceOf(Double.class);
            assertThat((Long) map(beat).get("current_memory_usage")).isPositive();
            assertThat(map(beat).get("state")).isIn("ready", "spawning", "running", "cleanup", "stopped");
        });
        // It starts after the answer to the greeting.
        assertThat(master.heard.getFirst().type()).isEqualTo("client_ready");
    }

    private void awaitState(String state) {
        int seen = master.of("heartbeat").size();
        Cluster.await("a heartbeat says " + state,
            () -> master.of("heartbeat").stream().skip(seen).anyMatch(beat -> state.equals(map(beat).get("state"))));
    }

    @Test
    @Parity({"PR-22", "PR-44", "PR-105", "ST-15"}) void itReportsWhenItIsIdleTooAndOnceMoreAtTheEnd() {
        assertThat(Pace.defaults().report()).isEqualTo(Duration.ofSeconds(3));
        PAID.reset();
        FREE.reset();
        worker();
        master.await("stats", 2);
        assertThat(map(master.of("stats").getLast())).containsEntry("stats", List.of()).containsEntry("user_count", 0L);
        master.spawned(Map.of("A", 2));
        Cluster.await("there are requests", () -> PAID.sum() + FREE.sum() > 50);
        master.send("quit", null);
        master.await("quit", 1);
        // A heartbeat may be on its way when it quits.
        var heard = master.heard.stream().map(WireMessage::type).toList();
        assertThat(heard.get(heard.indexOf("quit") - 1)).isIn("stats", "heartbeat");
        assertThat(requests()).isEqualTo(PAID.sum() + FREE.sum());
        assertThat(master.of("stats")).allSatisfy(report -> assertThat(map(report).keySet()).startsWith("stats", "stats_total", "errors",
            "user_classes_count", "user_count"));
    }

    private long requests() {
        return master.of("stats").stream().mapToLong(report -> (Long) ((Map<?, ?>) map(report).get("stats_total")).get("num_requests"))
            .sum();
    }

    @Test
    @Parity("PR-66") void aSilentMasterIsMissedOnceItWasHeard() {
        assertThat(Pace.defaults().masterSilence()).isEqualTo(Duration.ofSeconds(60));
        var worker = worker(
            new Pace(Duration.ofMillis(20), 3, -60, Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(1), Duration.ofMillis(500),
                60, Duration.ofMillis(50), Duration.ofSeconds(1)),
            _ -> {});
        master.await("heartbeat", 100);
        assertThat(worker.events).doesNotContain("quitting");
        master.send("heartbeat", null);
        master.await("quit", 1);
        assertThat(log.at(Level.ERROR)).containsExactly("Didn't get heartbeat from master in over 1s");
        Cluster.await("it has quit", () -> worker.events.contains("quitting"));
    }

    @Test
    @Parity({"EV-17", "AC-50"}) void eachAnswerToAHeartbeatIsFired() {
        var heard = new CopyOnWriteArrayList<String>();
        var worker = worker();
        worker.environment.events().heartbeatReceived().addListener(event -> heard.add(event.clientId()));
        master.send("heartbeat", null);
        master.send("heartbeat", null);
        Cluster.await("both are fired", () -> heard.size() == 2);
        assertThat(heard).containsOnly(worker.worker().clientId());
    }

    @Test
    @Parity("PR-68") void unknownMessagesAreWarnedAbout() {
        worker();
        master.send("dance", Map.of());
        log.await(Level.WARN, "Unknown message type received: dance");
        master.spawned(Map.of("A", 1));
    }

    @Test
    @Parity("PR-45") void itConnectsAnewUnderItsName() {
        var worker = worker();
        master.send("reconnect", null);
        int before = master.of("heartbeat").size();
        master.await("heartbeat", before + 3);
        master.spawned(Map.of("A", 1));
        assertThat(master.heard).extracting(WireMessage::nodeId).containsOnly(worker.worker().clientId());
    }

    @Test
    @Parity({"PR-26", "EV-2"}) void eachExceptionOfAUserIsSent() {
        var errors = new LongAdder();
        var worker = worker();
        worker.environment.events().userError().addListener(_ -> errors.increment());
        master.spawn(Map.of("B", 1));
        var sent = map(master.await("exception", 3));
        assertThat(sent).containsOnlyKeys("msg", "traceback").containsEntry("msg", "no stock");
        assertThat((String) sent.get("traceback")).startsWith("java.lang.IllegalStateException: no stock")
            .contains("B.fails(ForeignMaster.java:");
        assertThat(errors.sum()).isGreaterThan(1);
    }

    @Test
    @Parity({"PR-30", "PR-49", "SD-153"}) void ownMessagesGoBothWays() {
        var worker = worker();
        var heard = new CopyOnWriteArrayList<String>();
        worker.environment.runner().registerMessage("prices", List.class,
            (_, message) -> heard.add(message.data() + " of " + message.clientId()));
        master.send("prices", List.of(1L, 2.5, "x", Map.of(7L, true)));
        Cluster.await("it is heard", () -> heard.size() == 1);
        assertThat(heard.getFirst()).isEqualTo("[1, 2.5, x, {7=true}] of master");
        worker.environment.runner().sendMessage("sold", Map.of("items", List.of(3, 4), "at", 2.5));
        worker.environment.runner().sendMessage("closed");
        assertThat(master.await("sold", 1).data()).isEqualTo(Map.of("items", List.of(3L, 4L), "at", 2.5));
        assertThat(master.await("closed", 1).data()).isNull();
    }

    @Test
    @Parity({"EV-3", "SD-153"}) void aListenerAddsToTheReport() {
        var worker = worker();
        worker.environment.events().reportToMaster().addListener(event -> {
            assertThat(event.clientId()).isEqualTo(worker.worker().clientId());
            event.data().put("queue", List.of(4, 5));
        });
        int before = master.of("stats").size();
        assertThat(map(master.await("stats", before + 2))).containsEntry("queue", List.of(4L, 5L)).containsKeys("stats", "errors");
    }

    @Test
    @Parity({"PR-27", "AC-65"}) void itSendsItsLogWhenThatGrew() {
        assertThat(Pace.defaults().logs()).isEqualTo(Duration.ofSeconds(10));
        var lines = new CopyOnWriteArrayList<>(List.of("one", "two"));
        var worker = worker(Cluster.FAST, builder -> builder.logLines(() -> List.copyOf(lines)));
        assertThat(map(master.await("logs", 1))).isEqualTo(Map.of("worker_id", worker.worker().clientId(), "logs", List.of("one", "two")));
        // A log that did not grow is not sent again.
        int beats = master.of("heartbeat").size();
        master.await("heartbeat", beats + 25);
        assertThat(master.of("logs")).hasSize(1);
        lines.add("three");
        assertThat(map(master.await("logs", 2))).containsEntry("logs", List.of("one", "two", "three"));
        // Seventy new lines are sent, and more are the last ones.
        lines.addAll(numbered("a", 70));
        assertThat((List<?>) map(master.await("logs", 3)).get("logs")).hasSize(73);
        assertThat(log.at(Level.WARN)).isEmpty();
        lines.addAll(numbered("b", 71));
        assertThat((List<?>) map(master.await("logs", 4)).get("logs")).hasSize(144);
        log.await(Level.WARN,
            "The worker's log grew by 71 lines between two reports: the master gets no more of it. Look into the log here.");
        lines.add("more");
        int later = master.of("heartbeat").size();
        master.await("heartbeat", later + 25);
        assertThat(master.of("logs")).hasSize(4);
    }

    private static List<String> numbered(String name, int count) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < count; i++) lines.add(name + i);
        return lines;
    }
}
