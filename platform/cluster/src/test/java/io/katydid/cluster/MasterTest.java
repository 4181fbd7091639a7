package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.katydid.api.KatydidException;
import io.katydid.api.State;
import io.katydid.parity.Parity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

/** What a master makes of its foreign workers' messages. */
class MasterTest extends ForeignWorkers {

    MasterTest() {
        super(builder -> builder.userClasses(List.of(Cluster.Idle.class)));
    }

    @Test
    @Parity({"RN-2", "RN-3", "RN-25"}) void itIsStoppingUntilItsWorkersHaveStopped() {
        var first = obedient("a_1");
        var second = ready("b_2");
        assertThat(cluster.master.state()).isEqualTo(State.READY);
        var ramp = new CopyOnWriteArrayList<State>();
        cluster.master.environment.events().testStart().addListener(_ -> ramp.add(cluster.master.state()));
        cluster.runner().start(2, 1000);
        second.await("spawn", 1);
        second.has(Map.of("Idle", 1L));
        // The master counts the users before it says that they are all there.
        first.await("spawning_complete", 1);
        assertThat(ramp).containsExactly(State.SPAWNING);
        var stop = Thread.ofPlatform().start(() -> cluster.runner().stop());
        assertThat(second.await("stop", 1).data()).isNull();
        Cluster.await("the first has stopped",
            () -> cluster.runner().workers().stream().filter(each -> each.state() == State.READY).count() == 1);
        assertThat(cluster.master.state()).isEqualTo(State.STOPPING);
        assertThat(cluster.master.events).contains("test_stopping").doesNotContain("test_stop");
        second.send("client_stopped", null);
        Cluster.await("the master has stopped", () -> cluster.master.state() == State.STOPPED);
        log.await(Level.INFO, "Worker b_2 (index 1) reported that it has stopped, removing from running workers");
        Cluster.await("the stop is over", () -> !stop.isAlive());
        assertThat(cluster.master.events).contains("test_stop");
        assertThat(first.types()).containsSubsequence("spawn", "spawning_complete", "stop", "ack");
        assertThat(log.at(Level.ERROR)).isEmpty();
    }

    @Test
    @Parity("RN-25") void aWorkerThatDoesNotStopIsNotWaitedForForEver() {
        assertThat(Pace.defaults().stopGrace()).isEqualTo(Duration.ofSeconds(60));
        try (var hasty = new Cluster(
            new Pace(Duration.ofMillis(50), 100_000, -60, Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(6),
                Duration.ofMillis(500), 60,
                Duration.ofMillis(50), Duration.ofMillis(1000)),
            0, builder -> builder.userClasses(List.of(Cluster.Idle.class)));
            var _ = RawWorker.ready(hasty.runner().port(), "a_1")) {
            hasty.runner().start(2, 1000);
            hasty.runner().stop();
            assertThat(hasty.master.state()).isEqualTo(State.STOPPED);
            log.await(Level.ERROR,
                "Timeout waiting for all workers to stop: [a_1] did not say within 1 s that their users have ended.");
            assertThat(hasty.master.events).contains("test_stop");
        }
    }

    @Test
    @Parity("RN-26") void aQuitIsSentToAllAfterTheTestHasEnded() {
        assertThat(Pace.defaults().farewell()).isEqualTo(Duration.ofMillis(500));
        var all = List.of(obedient("a_1"), obedient("b_2"));
        cluster.runner().start(2, 1000);
        Cluster.await("all users are said to be there", () -> cluster.master.events.contains("spawning_complete 2"));
        cluster.runner().quit();
        for (var worker : all) {
            assertThat(worker.await("quit", 1).data()).isNull();
            // The reference sends no stop: here what users did until the end is waited for, and is in the figures.
            assertThat(worker.types()).containsSubsequence("stop", "quit");
        }
        assertThat(cluster.master.events).filteredOn(event -> !event.equals("worker_connect"))
            .containsExactly("test_start", "spawning_complete 2", "test_stopping", "test_stop", "quitting");
    }

    @Test
    @Parity("RN-26") void aQuitReachesAWorkerThatIsNotReadyAgainAfterItsStop() {
        var worker = ready("a_1");
        cluster.runner().start(1, 100);
        worker.await("spawn", 1);
        worker.has(Map.of("Idle", 1L));
        cluster.awaitUsers(1);
        var quit = Thread.ofPlatform().daemon().start(() -> cluster.runner().quit());
        worker.await("stop", 1);
        worker.send("client_stopped", null);
        worker.await("quit", 1);
        Cluster.await("the quit is over", () -> !quit.isAlive());
    }

    @Test
    @Parity({"RN-81", "RN-82"}) void aBusyWorkerIsWarnedAboutOnceAndAtTheEnd() {
        var worker = obedient("a_1");
        cluster.runner().start(1, 100);
        cluster.awaitUsers(1);
        worker.beat("running", 90);
        worker.await("heartbeat", 1);
        assertThat(log.at(Level.WARN)).isEmpty();
        worker.beat("running", 90.5);
        worker.beat("running", 99);
        worker.await("heartbeat", 3);
        assertThat(log.at(Level.WARN)).containsExactly("Worker a_1 (index 0) exceeded cpu threshold (will only log this once per worker)");
        cluster.runner().stop();
        log.await(Level.WARN, "CPU usage threshold was exceeded on workers during the test!");
    }

    @Test
    @Parity({"PR-26", "ST-17"}) void exceptionsOfWorkersAreOneRowPerTraceWithTheirNodes() {
        var first = obedient("a_1");
        var second = obedient("b_2");
        cluster.runner().start(2, 1000);
        cluster.awaitUsers(2);
        first.send("exception", Map.of("msg", "boom", "traceback", "at Shop.buy"));
        first.send("exception", Map.of("msg", "boom", "traceback", "at Shop.buy"));
        second.send("exception", Map.of("msg", "boom", "traceback", "at Shop.buy"));
        second.send("exception", Map.of("msg", "boom", "traceback", "at Shop.sell"));
        var stats = cluster.master.environment.stats();
        Cluster.await("all are there", () -> stats.exceptions().stream().mapToLong(row -> row.count()).sum() == 4);
        assertThat(stats.exceptions()).hasSize(2);
        assertThat(stats.exceptions()).filteredOn(row -> row.traceback().equals("at Shop.buy")).singleElement()
            .satisfies(row -> {
                assertThat(row.count()).isEqualTo(3);
                assertThat(row.message()).isEqualTo("boom");
                assertThat(row.nodes()).containsExactlyInAnyOrder("a_1", "b_2");
            });
        assertThat(stats.exceptions()).filteredOn(row -> row.traceback().equals("at Shop.sell")).singleElement()
            .satisfies(row -> assertThat(row.nodes()).containsExactly("b_2"));
    }

    @Test
    @Parity({"PR-4", "PR-90", "AC-60"}) void aKnownWorkerThatSendsGarbageIsToldToReconnect() {
        try (var context = new ZContext(1)) {
            for (var id : List.of("a_1", "x_9")) {
                var dealer = context.createSocket(SocketType.DEALER);
                dealer.setIdentity(id.getBytes(StandardCharsets.UTF_8));
                dealer.setReceiveTimeOut(20_000);
                // JeroMQ may forget to greet; it notices after this.
                dealer.setHandshakeIvl(1_000);
                dealer.connect("tcp://127.0.0.1:" + cluster.runner().port());
                if (id.equals("a_1")) {
                    // An array of client_ready, -1 and the name.
                    dealer.send(HexFormat.of().parseHex("93ac636c69656e745f7265616479ffa3615f31"));
                    assertThat(text(dealer.recv())).contains("ack");
                }
                dealer.send(new byte[]{(byte) 0xc1});
                if (id.equals("a_1")) assertThat(text(dealer.recv())).contains("reconnect");
            }
            Cluster.await("both are logged", () -> log.at(Level.ERROR).size() == 2);
        }
        assertThat(log.at(Level.ERROR).getFirst()).startsWith("Corrupt message from worker a_1 (index 0); it is asked to connect anew: ");
        assertThat(log.at(Level.ERROR).getLast()).startsWith("Unrecognized message detected: ");
        // The master goes on.
        obedient("b_2");
        assertThat(cluster.runner().workers()).hasSize(2);
    }

    private static String text(byte[] frame) { return new String(frame, StandardCharsets.ISO_8859_1); }

    @Test
    @Parity({"PR-92", "AC-41", "AC-60", "SD-150"}) void ownMessagesAreHeardOnceRegistered() throws InterruptedException {
        var worker = ready("a_1");
        worker.send("order", Map.of("id", 7L));
        log.await(Level.WARN, "Unknown message type received from worker a_1 (index 0): order");
        var heard = new CopyOnWriteArrayList<String>();
        cluster.runner().registerMessage("order", Map.class, (environment, message) -> {
            assertThat(environment).isSameAs(cluster.master.environment);
            heard.add(message.type() + " " + message.data() + " " + message.clientId());
        });
        worker.send("order", Map.of("id", 8L));
        Cluster.await("it is heard", () -> heard.size() == 1);
        assertThat(heard).containsExactly("order {id=8} a_1");
        assertThatThrownBy(() -> cluster.runner().registerMessage("order", Map.class, (_, _) -> {})).isInstanceOf(KatydidException.class)
            .hasMessage("The message 'order' has a handler already. Register it once, or close the first registration before.");
        cluster.runner().registerMessage("broken", Map.class, (_, _) -> {
            throw new IllegalStateException("no stock");
        });
        worker.send("broken", Map.of());
        log.await(Level.ERROR, "The handler of the message 'broken' failed: java.lang.IllegalStateException: no stock");
        // Each of a concurrent type has its own thread: the first ends only when the second has come.
        var second = new CountDownLatch(2);
        cluster.runner().registerMessageConcurrent("meet", Map.class, (_, _) -> {
            second.countDown();
            second.await();
            heard.add("met");
        });
        worker.send("meet", Map.of());
        worker.send("meet", Map.of());
        Cluster.await("both have met", () -> heard.size() == 3);
        assertThat(log.at(Level.WARN)).hasSize(1);
    }

    @Test
    @Parity({"EV-4", "SD-152"}) void eachReportIsFired() {
        var reports = new CopyOnWriteArrayList<String>();
        cluster.master.environment.events().workerReport()
            .addListener(event -> reports.add(event.clientId() + " " + event.data().get("user_count") + " " + event.data().get("own")));
        var worker = obedient("a_1");
        cluster.runner().start(3, 1000);
        var data = Stats.of("/x", 5, 3);
        data.put("own", "more");
        worker.send("stats", data);
        worker.send("stats", Stats.of("/x", 2, 3));
        Cluster.await("both are fired", () -> reports.size() == 2);
        assertThat(reports).containsExactly("a_1 3 more", "a_1 3 null");
        Cluster.await("both are counted", () -> cluster.master.requests() == 7);
    }

    @Test
    @Parity({"AC-52", "ST-14"}) void reportsAreMerged() {
        var first = obedient("a_1");
        var second = obedient("b_2");
        cluster.runner().start(2, 100);
        cluster.awaitUsers(2);
        first.send("stats", new Stats().with("/median", 100L, 800L, 700L).with("/mixed", 0L, 800L, null, null).report(1));
        second.send("stats", new Stats().with("/median", 700L).with("/mixed", 700L, null).with("/none", null, null).report(1));
        Cluster.await("all are counted", () -> cluster.master.requests() == 12);
        cluster.runner().stop();
        var stats = cluster.master.environment.stats();
        var median = stats.get("/median", "GET");
        assertThat(median.numRequests()).isEqualTo(4);
        assertThat(median.medianResponseTime()).isEqualTo(700);
        assertThat(median.minResponseTime()).isEqualTo(100);
        assertThat(median.maxResponseTime()).isEqualTo(800);
        assertThat(median.avgResponseTime()).isEqualTo(575);
        var mixed = stats.get("/mixed", "GET");
        assertThat(mixed.numRequests()).isEqualTo(6);
        assertThat(mixed.avgResponseTime()).isEqualTo(500);
        assertThat(mixed.medianResponseTime()).isEqualTo(700);
        var none = stats.get("/none", "GET");
        assertThat(none.numRequests()).isEqualTo(2);
        assertThat(none.medianResponseTime()).isZero();
        assertThat(none.avgResponseTime()).isZero();
        // Of 0, 100, 700, 700, 700, 800 and 800.
        assertThat(stats.total().medianResponseTime()).isEqualTo(700);
    }

    @Test
    @Parity("PR-27") void theLastFiveHundredLinesOfAWorkersLogAreKept() {
        var worker = ready("a_1");
        var lines = new ArrayList<String>();
        for (int i = 0; i < 700; i++) lines.add("line " + i);
        worker.send("logs", Map.of("worker_id", "a_1", "logs", lines));
        worker.beat("ready");
        worker.await("heartbeat", 1);
        assertThat(cluster.runner().workers().getFirst().log()).hasSize(500).first().isEqualTo("line 200");
        assertThat(log.at(Level.WARN)).isEmpty();
    }
}
