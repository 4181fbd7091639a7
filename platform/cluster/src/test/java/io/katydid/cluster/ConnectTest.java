package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.katydid.api.KatydidException;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.parity.Parity;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How a worker finds its master, or gives up. */
class ConnectTest {

    private static EnvironmentBuilder idle() { return new EnvironmentBuilder().userClasses(List.of(Cluster.Idle.class)); }

    private static Pace greeting(Duration each, int times) {
        var pace = Cluster.STILL;
        return new Pace(pace.heartbeat(), 3, -60, pace.report(), pace.logs(), pace.masterSilence(), each, times, pace.farewell(),
            pace.stopGrace());
    }

    @Test
    @Parity({"PR-60", "AC-64"}) void itGreetsUntilTheMasterAnswers() {
        assertThat(Pace.defaults().connect()).isEqualTo(Duration.ofSeconds(5));
        assertThat(Pace.defaults().greetings()).isEqualTo(60);
        try (var log = new LogLines(); var master = new RawMaster()) {
            master.silent(true);
            var worker = CompletableFuture.supplyAsync(() -> master.worker(idle(), greeting(Duration.ofMillis(100), 1000)),
                task -> Thread.ofPlatform().daemon().start(task));
            master.await("client_ready", 3);
            assertThat(worker).isNotDone();
            // There is nothing to say before the answer.
            assertThat(master.heard).extracting(message -> message.type()).containsOnly("client_ready");
            master.silent(false);
            try (var made = worker.join()) {
                assertThat(made.worker().workerIndex()).isEqualTo(4);
                master.await("heartbeat", 1);
            }
            assertThat(log.at(Level.DEBUG)).contains("Failed to connect to master 127.0.0.1:" + master.port() + ", retry 1/1000.");
            assertThat(log.at(Level.WARN)).isEmpty();
        }
    }

    @Test void itConnectsAnewWhenItsFirstConnectionIsNotHeard() throws Exception {
        try (var deaf = new RawMaster();
            var master = new RawMaster();
            // JeroMQ now and then connects and says nothing, and does so again.
            var tunnel = new Tunnel(_ -> deaf.types().isEmpty() ? deaf.port() : master.port())) {
            deaf.silent(true);
            try (var worker = new Cluster.Member(idle(), greeting(Duration.ofMillis(200), 1000))) {
                worker.environment.createWorkerRunner("127.0.0.1", tunnel.port());
                assertThat(worker.worker().workerIndex()).isEqualTo(4);
            }
            assertThat(deaf.types()).startsWith("client_ready").containsOnly("client_ready");
            assertThat(master.types()).startsWith("client_ready");
            assertThat(tunnel.connections()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    @Parity({"PR-60", "AC-64"}) void itGivesUp() {
        try (var log = new LogLines(); var master = new RawMaster()) {
            master.silent(true);
            assertThatThrownBy(() -> master.worker(idle(), greeting(Duration.ofMillis(20), 60))).isInstanceOf(KatydidException.class)
                .hasMessage("The worker could not connect to a master at 127.0.0.1:" + master.port()
                    + " within 1 s. Start the master, or give its address with --master-host and --master-port.");
            master.await("client_ready", 60);
            assertThat(log.at(Level.DEBUG)).contains("Failed to connect to master 127.0.0.1:" + master.port() + ", retry 60/60.");
        }
    }

    @Test
    @Parity("PR-60") void failuresOfTheFirstHalfMinuteAreNotWarnedAbout() {
        var first = new Address("localhost", 5557);
        try (var log = new LogLines()) {
            for (int greeting = 0; greeting < 10; greeting++) WorkerLink.failed(first, Pace.defaults(), greeting);
            assertThat(log.at(Level.DEBUG)).hasSize(6).last().isEqualTo("Failed to connect to master localhost:5557, retry 6/60.");
            assertThat(log.at(Level.WARN)).hasSize(4).first().isEqualTo("Failed to connect to master localhost:5557, retry 7/60.");
        }
    }
}
