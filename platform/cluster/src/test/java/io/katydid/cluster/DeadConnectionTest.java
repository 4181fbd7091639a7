package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.katydid.kernel.EnvironmentBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A connection that neither end sees die, as when the network was down for longer than a connection's next try. */
class DeadConnectionTest {
    /** Is at ten times the pace; no worker is forgotten, and none gives its master up. */
    private static final Pace PACE = new Pace(Cluster.FAST.heartbeat(), Pace.defaults().liveness(), -1_000_000, Cluster.FAST.report(),
        Cluster.FAST.logs(), Duration.ofMinutes(1), Cluster.FAST.connect(), 60, Cluster.FAST.farewell(), Cluster.FAST.stopGrace());

    @Test void theWorkerComesBackOverANewOneWithAllItDid() throws IOException {
        try (var log = new LogLines();
            var cluster = new Cluster(PACE, 0, builder -> builder.userClasses(List.of(Cluster.Busy.class)));
            var tunnel = new Tunnel(cluster.runner().port());
            var worker = new Cluster.Member(new EnvironmentBuilder().userClasses(List.of(Cluster.Busy.class)), PACE)) {
            worker.environment.createWorkerRunner("127.0.0.1", tunnel.port());
            worker.environment.init();
            cluster.join();
            cluster.runner().start(4, 1_000);
            cluster.awaitUsers(4);
            Cluster.await("its users", () -> worker.users() == 2);
            int before = tunnel.connections();
            tunnel.kill();
            Cluster.await("the worker is missing", () -> isMissing(cluster, worker));
            Cluster.await("a new connection", () -> tunnel.connections() > before);
            Cluster.await("the worker is back", () -> !isMissing(cluster, worker));
            Cluster.await("its users are given to it again", () -> worker.users() == 2 && cluster.master.users() == 4);
            assertThat(log.at(Level.INFO)).contains("The master has not answered for 5 heartbeats: it is greeted again.",
                "The master has not answered for 10 heartbeats: it is greeted again, over a new connection.");
            cluster.runner().stop();
            assertThat(cluster.master.requests()).isPositive().isEqualTo(Cluster.SENT.sum());
        }
    }

    private static boolean isMissing(Cluster cluster, Cluster.Member worker) {
        return cluster.runner().workers().stream().noneMatch(each -> each.id().equals(worker.worker().clientId()));
    }
}
