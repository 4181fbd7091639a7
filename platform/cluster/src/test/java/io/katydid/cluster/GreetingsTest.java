package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.katydid.parity.Parity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a master makes of greetings. */
class GreetingsTest extends ForeignWorkers {

    GreetingsTest() {
        super(builder -> builder.userClasses(List.of(Cluster.Idle.class)));
    }

    private RawWorker greets(String id, @Nullable Object version) {
        var worker = with(RawWorker.connect(cluster.runner().port(), id));
        worker.send("client_ready", version);
        return worker;
    }

    @Test
    @Parity({"PR-80", "PR-104", "AC-51"}) void aWorkerWithoutAVersionIsRefused() {
        for (var nothing : Arrays.asList(null, "", 0L)) {
            var id = "old_" + nothing;
            greets(id, nothing);
            log.await(Level.ERROR, "An old (pre 2.0) worker tried to connect (" + id + "). That's not going to work.");
        }
        // What comes later is answered, and they are not.
        ready("new_1");
        assertThat(workers.subList(0, 3)).allSatisfy(old -> assertThat(old.heard).isEmpty());
        assertThat(cluster.runner().workers()).extracting(worker -> worker.id()).containsExactly("new_1");
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test
    @Parity({"PR-80", "AC-51"}) void anotherVersionIsWarnedAboutAndAnotherPatchIsNot() {
        greets("a_1", "abcd").await("ack", 1);
        var patch = Roll.REFERENCE.substring(0, 4) + "99";
        greets("b_2", patch).await("ack", 1);
        greets("c_3", Roll.REFERENCE).await("ack", 1);
        greets("d_4", -1L).await("ack", 1);
        assertThat(cluster.runner().workers()).hasSize(4);
        assertThat(log.at(Level.WARN)).containsExactly(
            "A worker (a_1) running a different version (abcd) connected, master version is " + Roll.REFERENCE);
        assertThat(log.at(Level.DEBUG)).filteredOn(line -> line.startsWith("A worker (")).containsExactly(
            "A worker (b_2) running a different patch version (" + patch + ") connected, master version is " + Roll.REFERENCE);
    }

    @Test void aWrongNumberIsRefusedAndTheMasterGoesOn() {
        greets("odd_1", 7L);
        log.await(Level.ERROR, "The worker odd_1 says that its version is 7, which is neither a text nor -1. It is not taken in.");
        ready("new_1");
        assertThat(cluster.runner().workers()).extracting(worker -> worker.id()).containsExactly("new_1");
    }

    @Test
    @Parity({"PR-40", "PR-81", "EV-5", "SD-152", "AC-30"}) void anIndexStaysWithItsId() {
        var connected = new CopyOnWriteArrayList<String>();
        cluster.master.environment.events().workerConnect().addListener(event -> connected.add(event.clientId()));
        var first = ready("a_1");
        var second = ready("b_2");
        assertThat(RawWorker.map(first.of("ack").getFirst())).containsEntry("index", 0L);
        assertThat(RawWorker.map(second.of("ack").getFirst())).containsEntry("index", 1L);
        log.await(Level.INFO, "a_1 (index 0) reported as ready. 1 workers connected.");
        log.await(Level.INFO, "b_2 (index 1) reported as ready. 2 workers connected.");
        first.send("quit", null);
        log.await(Level.INFO, "Worker a_1 (index 0) quit. 1 workers ready.");
        var third = ready("c_3");
        assertThat(RawWorker.map(third.of("ack").getFirst())).containsEntry("index", 2L);
        assertThat(RawWorker.map(first.greet().of("ack").getLast())).containsEntry("index", 0L);
        assertThat(RawWorker.map(second.greet().of("ack").getLast())).containsEntry("index", 1L);
        Cluster.await("all are fired", () -> connected.size() == 5);
        assertThat(connected).containsExactly("a_1", "b_2", "c_3", "a_1", "b_2");
        assertThat(cluster.runner().workers()).extracting(worker -> worker.index()).containsExactly(0, 1, 2);
    }

    @Test
    @Parity({"PR-46", "EV-16", "AC-50"}) void eachHeartbeatOfAForeignWorkerIsAnsweredWithNothing() {
        var answered = new CopyOnWriteArrayList<String>();
        cluster.master.environment.events().heartbeatSent().addListener(event -> answered.add(event.clientId()));
        var worker = ready("a_1");
        for (int beat = 1; beat <= 3; beat++) {
            worker.beat("ready");
            assertThat(worker.await("heartbeat", beat)).matches(message -> message.data() == null && message.nodeId().equals("a_1"));
        }
        Cluster.await("all are fired", () -> answered.size() == 3);
        assertThat(answered).containsOnly("a_1");
    }

    @Test
    @Parity("PR-87") void aHeartbeatOfAnUnknownWorkerIsLeftOut() {
        var stranger = RawWorker.connect(cluster.runner().port(), "x_9");
        workers.add(stranger);
        stranger.beat("ready");
        log.await(Level.DEBUG, "Got heartbeat message from unknown worker x_9");
        stranger.send("client_stopped", null);
        log.await(Level.WARN, "Received client_stopped message from an unknown worker: x_9.");
        assertThat(cluster.runner().workers()).isEmpty();
        // Whatever it did is part of the figures, and its users are not.
        var known = RawWorker.obedient(cluster.runner().port(), "a_1");
        workers.add(known);
        cluster.runner().start(1, 100);
        cluster.awaitUsers(1);
        stranger.send("stats", Stats.of("/x", 12, 3));
        Cluster.await("its requests are counted", () -> cluster.master.requests() == 12);
        assertThat(cluster.master.users()).isOne();
        assertThat(stranger.heard).isEmpty();
    }

    @Test
    @Parity("PR-88") void anUnknownWorkerThatSpawnsIsToldToQuit() {
        var stranger = RawWorker.connect(cluster.runner().port(), "x_9");
        workers.add(stranger);
        stranger.send("spawning", null);
        assertThat(stranger.await("quit", 1).data()).isNull();
        log.await(Level.WARN, "Got spawning message from unknown worker x_9. Asking worker to quit.");
        // In the reference this one fails in its listener.
        stranger.send("spawning_complete", Map.of("user_classes_count", Map.of("Idle", 5L), "user_count", 5L));
        log.await(Level.WARN, "Got spawning_complete message from unknown worker x_9. It is left out.");
        assertThat(cluster.master.users()).isZero();
    }
}
