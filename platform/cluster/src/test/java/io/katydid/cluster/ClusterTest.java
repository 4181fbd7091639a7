package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.api.Run;
import io.katydid.api.State;
import io.katydid.api.Worker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A master and its workers. */
class ClusterTest {

    @Test void usersAreSpreadOverTheWorkersAndEveryRequestIsInTheMastersFigures() {
        try (var cluster = new Cluster(2, builder -> builder.userClasses(List.of(Cluster.Busy.class, Cluster.Idle.class)))) {
            cluster.runner().start(10, 1000);
            cluster.awaitUsers(10);
            assertThat(cluster.workers).extracting(Cluster.Member::users).containsExactly(5, 5);
            Cluster.await("some requests are reported", () -> cluster.master.requests() > 500);
            cluster.runner().stop();
            assertThat(cluster.master.state()).isEqualTo(State.STOPPED);
            assertThat(cluster.usersOfWorkers()).isZero();
            assertThat(cluster.master.requests()).isEqualTo(Cluster.SENT.sum());
            assertThat(cluster.master.environment.stats().snapshot().last()).isTrue();
            assertThat(cluster.master.events.subList(0, 2)).containsOnly("worker_connect");
            // Workers connect anew after a stop.
            assertThat(cluster.master.events.subList(2, cluster.master.events.size())).filteredOn(event -> !event.equals("worker_connect"))
                .containsExactly("test_start", "spawning_complete 10",
                    "test_stopping", "test_stop");
            for (var worker : cluster.workers)
                assertThat(worker.events).containsExactly("test_start", "spawning_complete 10", "test_stopping", "test_stop");
        }
    }

    @Test void noUserStartsAnywhereBeforeEachWorkerHasBegunTheTest() {
        try (var cluster = new Cluster(Cluster.STILL, 2, builder -> builder.userClasses(List.of(Cluster.Busy.class)))) {
            var mayGoOn = new CountDownLatch(1);
            cluster.workers.getLast().environment.events().testStart().addListener(_ -> awaited(mayGoOn));
            cluster.runner().start(4, 1000);
            Cluster.await("the first is prepared", () -> cluster.workers.getFirst().events.contains("test_start"));
            Cluster.await("the second is in its listener", () -> cluster.workers.getLast().events.contains("test_start"));
            assertThat(cluster.usersOfWorkers()).isZero();
            assertThat(Cluster.SENT.sum()).isZero();
            mayGoOn.countDown();
            cluster.awaitUsers(4);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test void theRunTellsWhatEachWorkerDid() {
        try (var cluster = new Cluster(2, builder -> builder.userClasses(List.of(Cluster.Busy.class)))) {
            cluster.runner().start(7, 1000);
            cluster.awaitUsers(7);
            Cluster.await("some requests are reported", () -> cluster.master.requests() > 100);
            cluster.runner().stop();
            var shares = cluster.master.environment.run().orElseThrow().shares();
            assertThat(shares).extracting(Run.Share::index).containsExactly(0, 1);
            assertThat(shares).extracting(Run.Share::mostUsers).containsExactlyInAnyOrder(4, 3);
            assertThat(shares.stream().mapToLong(Run.Share::requests).sum()).isEqualTo(cluster.master.requests());
            assertThat(shares).allMatch(share -> share.memoryBytes() > 1_000_000);
        }
    }

    @Test void aTestCanBeStartedAgain() {
        try (var cluster = new Cluster(2, builder -> builder.userClasses(List.of(Cluster.Busy.class)))) {
            for (int round = 1; round <= 3; round++) {
                Cluster.await("the workers are ready", () -> cluster.runner().workers().size() == 2);
                Cluster.SENT.reset();
                cluster.runner().start(4 * round, 1000);
                cluster.awaitUsers(4 * round);
                cluster.runner().stop();
                assertThat(cluster.master.requests()).isEqualTo(Cluster.SENT.sum());
            }
        }
    }

    @Test void aNumberOfUsersCanBeChanged() {
        try (var cluster = new Cluster(2, builder -> builder.userClasses(List.of(Cluster.Idle.class)))) {
            cluster.runner().start(20, 1000);
            cluster.awaitUsers(20);
            cluster.runner().start(6, 1000);
            cluster.awaitUsers(6);
            assertThat(cluster.workers).extracting(Cluster.Member::users).containsExactly(3, 3);
            cluster.runner().start(9, 1000);
            cluster.awaitUsers(9);
            assertThat(cluster.usersOfWorkers()).isEqualTo(9);
        }
    }

    @Test void aWorkerThatComesLaterTakesItsShare() {
        try (var cluster = new Cluster(1, builder -> builder.userClasses(List.of(Cluster.Idle.class)))) {
            cluster.runner().start(8, 1000);
            cluster.awaitUsers(8);
            cluster.join();
            Cluster.await("both have four", () -> cluster.workers.stream().allMatch(worker -> worker.users() == 4));
            assertThat(cluster.runner().workers()).extracting(Worker::index).containsExactly(0, 1);
            assertThat(cluster.master.environment.run().orElseThrow().marks()).extracting(Run.Mark::what)
                .contains("users distributed over 2 workers");
        }
    }

    @Test void aWorkerThatQuitsIsReplacedByTheOthers() {
        try (var cluster = new Cluster(2, builder -> builder.userClasses(List.of(Cluster.Busy.class)))) {
            cluster.runner().start(8, 1000);
            cluster.awaitUsers(8);
            cluster.workers.getLast().environment.runner().quit();
            Cluster.await("the first has all", () -> cluster.workers.getFirst().users() == 8);
            cluster.runner().stop();
            assertThat(cluster.master.requests()).isEqualTo(Cluster.SENT.sum());
        }
    }

    @Test void messagesGoBothWays() {
        record Names(List<String> names, int share) {}
        try (var cluster = new Cluster(2, builder -> builder.userClasses(List.of(Cluster.Idle.class)))) {
            var heard = new CopyOnWriteArrayList<String>();
            cluster.runner().registerMessage("thanks", Map.class, (_, message) -> heard.add(message.clientId() + message.data()));
            for (var worker : cluster.workers) {
                worker.environment.runner().registerMessage("names", Names.class, (environment, message) -> environment.runner()
                    .sendMessage("thanks",
                        Map.of("got", message.data().names().size() * message.data().share(), "of", message.clientId())));
            }
            cluster.runner().sendMessage("names", new Names(List.of("a", "b"), 3));
            Cluster.await("both have answered", () -> heard.size() == 2);
            for (var worker : cluster.workers)
                assertThat(heard).anyMatch(text -> text.startsWith(worker.worker().clientId()) && text.contains("got=6")
                    && text.contains("of=master"));
            cluster.runner().sendMessage("names", new Names(List.of("c"), 5), cluster.workers.getFirst().worker().clientId());
            Cluster.await("one has answered", () -> heard.size() == 3);
            assertThat(heard.getLast()).contains("got=5");
            assertThatThrownBy(() -> cluster.runner().sendMessage("names", new Names(List.of(), 0), "nobody"))
                .isInstanceOf(KatydidException.class).hasMessageContaining("there is no worker 'nobody'");
        }
    }

    @Test void quittingTheMasterEndsItsWorkers() {
        try (var cluster = new Cluster(2, builder -> builder.userClasses(List.of(Cluster.Busy.class)))) {
            cluster.runner().start(4, 1000);
            cluster.awaitUsers(4);
            cluster.runner().quit();
            assertThat(cluster.master.requests()).isEqualTo(Cluster.SENT.sum());
            for (var worker : cluster.workers) {
                Cluster.await("the worker has quit", () -> worker.events.contains("quitting"));
                assertThat(worker.users()).isZero();
            }
        }
    }
}
