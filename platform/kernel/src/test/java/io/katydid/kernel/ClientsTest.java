package io.katydid.kernel;

import static io.katydid.kernel.Runs.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.InterruptTaskSet;
import io.katydid.api.RescheduleTask;
import io.katydid.api.RescheduleTaskImmediately;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.TaskSet;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.spi.Birth;
import io.katydid.api.spi.RequestOutcome;
import io.katydid.api.spi.UserRuntime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gives users clients as protocol bundles do: made before the first hook, closed after the last, with verdicts that are left open for a while. */
class ClientsTest {

    @BeforeEach void clear() {
        LOG.clear();
    }

    /** Leaves verdicts open, and tells what becomes of them. */
    abstract static class Open extends User {
        private final UserRuntime runtime = Birth.current(Open.class).runtime();

        void leave(String what) {
            runtime.defer(problem -> LOG.add(what + " " + (problem == null ? "by itself" : problem.getMessage())));
        }
    }

    static class Leaves extends Open {
        private int tasks;

        @Override protected WaitTime waitTime() {
            return () -> {
                LOG.add("waits");
                return 0;
            };
        }

        @Override protected void onStart() {
            leave("start");
            LOG.add("started");
            throw new InterruptTaskSet(false);
        }

        @Task void task() throws Exception {
            switch (++tasks) {
                case 1 -> {
                    leave("slept");
                    sleep(0);
                    leave("measured");
                    measure("T", "call", () -> LOG.add("in the call"));
                    leave("first");
                    leave("second");
                    LOG.add("task ends");
                }
                case 2 -> {
                    leave("failing");
                    throw new IllegalStateException("boom");
                }
                case 3 -> {
                    leave("again");
                    throw new RescheduleTask();
                }
                case 4 -> {
                    leave("at once");
                    throw new RescheduleTaskImmediately();
                }
                case 5 -> {
                    leave("child's");
                    var child = Thread.ofVirtual().start(this::askByChild);
                    child.join();
                    LOG.add("child has ended");
                }
                default -> {
                    leave("last");
                    throw new StopUser();
                }
            }
        }

        private void askByChild() {
            sleep(0);
        }

        @Override protected void onStop() {
            LOG.add("stopping");
            leave("stop");
        }

        @Override protected void release() {
            LOG.add("closed");
            leave("closing");
        }
    }

    @Test void aVerdictIsGivenAtTheNextCallOrAtTheEndOfItsTask() {
        Runs.until(() -> LOG.contains("closing by itself"), Leaves.class);
        assertThat(LOG).containsExactly("started", "start by itself", "slept by itself", "measured by itself", "in the call",
            "first by itself",
            "task ends", "second by itself", "waits", "failing boom", "waits", "again by itself", "waits", "at once by itself",
            "child has ended", "child's by itself", "waits", "last by itself", "stopping", "stop by itself", "closed", "closing by itself");
    }

    static class FailsInHooks extends Open {
        @Override protected void onStart() {
            leave("start");
            throw new IllegalStateException("no start");
        }

        @Task void task() { LOG.add("task"); }

        @Override protected void onStop() {
            leave("stop");
            throw new IllegalStateException("no stop");
        }

        @Override protected void release() {
            LOG.add("closed");
        }
    }

    @Test void aHookThatFailsIsTheVerdict() {
        var environment = Runs.until(() -> LOG.contains("closed"), FailsInHooks.class);
        assertThat(LOG).containsExactly("start no start", "stop no stop", "closed");
        assertThat(environment.stats().exceptions()).extracting("message").containsExactlyInAnyOrder("no start", "no stop");
    }

    static class SetEnds extends Open {
        private int rounds;

        @Override protected WaitTime waitTime() {
            return () -> {
                LOG.add("waits");
                return 0;
            };
        }

        @Task
        class Set extends TaskSet {
            @Task void task() {
                leave("task");
                interrupt(false);
            }

            @Override protected void onStop() {
                LOG.add("leaving");
                leave("set");
                if (++rounds == 2) throw new IllegalStateException("no end");
                if (rounds == 3) throw new StopUser();
            }
        }
    }

    @Test void soIsOneOfATaskSet() {
        var environment = Runs.until(() -> LOG.stream().filter("set by itself"::equals).count() == 2, SetEnds.class);
        assertThat(LOG).containsExactly("task by itself", "leaving", "set by itself", "waits", "task by itself", "leaving", "set no end",
            "waits",
            "task by itself", "leaving", "set by itself");
        assertThat(environment.stats().exceptions()).singleElement().satisfies(row -> assertThat(row.count()).isEqualTo(1));
    }

    static class NoClient extends User {
        @Override protected void prepare() {
            LOG.add("half open");
            throw new IllegalStateException("no client");
        }

        @Override protected void onStart() { LOG.add("started"); }

        @Task void task() { LOG.add("task"); }

        @Override protected void onStop() { LOG.add("stopped"); }

        @Override protected void release() { LOG.add("closed"); }
    }

    @Test void aClientThatCannotBeMadeIsClosedAndTold() {
        var environment = Runs.until(() -> LOG.contains("closed"), NoClient.class);
        assertThat(LOG).containsExactly("half open", "closed");
        assertThat(environment.stats().exceptions()).singleElement().satisfies(row -> assertThat(row.message()).isEqualTo("no client"));
        assertThat(environment.exitCode(1)).isEqualTo(1);
    }

    static class Hangs extends User {
        static volatile String where = "";

        private static void at(String here) throws InterruptedException {
            if (!here.equals(where)) return;
            LOG.add("in " + here);
            new CountDownLatch(1).await();
        }

        @Override protected void prepare() {
            try {
                at("prepare");
            } catch (InterruptedException told) {
                throw thrown(told);
            }
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) private static <X extends Throwable> RuntimeException thrown(
            Throwable problem) throws X {
            throw (X) problem;
        }

        @Override protected void onStart() throws Exception { at("onStart"); }

        @Task void task() throws Exception {
            at("task");
            sleep(60);
        }

        @Override protected void release() { LOG.add("closed"); }
    }

    /** What a stop interrupts is no error of the script. */
    @Test void anInterruptToStopIsNoErrorWhereverItComes() {
        for (var where : List.of("prepare", "onStart", "task")) {
            LOG.clear();
            Hangs.where = where;
            try (var stage = Stage.of(Hangs.class).ready()) {
                stage.runner.start(1, 1000);
                Runs.await(() -> LOG.contains("in " + where));
                stage.runner.stop();
                assertThat(LOG).as(where).containsExactly("in " + where, "closed");
                assertThat(stage.environment.stats().exceptions()).as(where).isEmpty();
                assertThat(stage.environment.exitCode(1)).as(where).isZero();
            }
        }
    }

    static class OutOfMemory extends User {
        @Task
        class Set extends TaskSet {
            @Task void task() {
                LOG.add("task");
                throw new OutOfMemoryError("pretended");
            }

            @Override protected void onStop() { LOG.add("set left"); }
        }

        @Override protected void release() { LOG.add("closed"); }
    }

    static class TooDeep extends User {
        @Task void task() {
            LOG.add("task");
            throw new StackOverflowError("pretended");
        }
    }

    @Test void aUserWithoutMemoryEndsAndIsToldOnceAndOneThatWentTooDeepGoesOn() {
        var environment = Runs.until(() -> LOG.contains("closed"), OutOfMemory.class);
        assertThat(LOG).containsExactly("task", "set left", "closed");
        assertThat(environment.stats().exceptions()).singleElement().satisfies(row -> {
            assertThat(row.message()).isEqualTo("pretended");
            assertThat(row.count()).isEqualTo(1);
        });
        Runs.until(() -> Runs.seen(3), TooDeep.class);
        assertThat(LOG).startsWith("task", "task", "task");
    }

    static class Requests extends User {
        private final UserRuntime runtime = Birth.current(Requests.class).runtime();

        @Task void call() {
            var made = System.nanoTime() - 5_000_000;
            runtime.record(new RequestOutcome("GET", "/a", "http://h/a?x=1", made, 5_000_000, 12, "body", new IllegalStateException("boom"),
                Map.of("k", 1)));
            throw new StopUser();
        }
    }

    @Test void aListenerHearsAllThatAClientSays() {
        var heard = new CopyOnWriteArrayList<RequestEvent>();
        var environment = Runs.until(() -> !heard.isEmpty(), 1, builder -> builder.events().request().addListener(heard::add),
            Requests.class);
        assertThat(heard).singleElement().satisfies(event -> {
            assertThat(event.requestType() + " " + event.name() + " " + event.url()).isEqualTo("GET /a http://h/a?x=1");
            assertThat(event.responseTimeMs()).isEqualTo(5);
            assertThat(event.serviceTimeMs()).isEqualTo(5);
            assertThat(event.responseLength()).isEqualTo(12);
            assertThat(event.response()).contains("body");
            assertThat(event.exception()).get().hasToString("java.lang.IllegalStateException: boom");
            assertThat(event.context()).isEqualTo(Map.of("k", 1));
            assertThat(event.user()).get().isInstanceOf(Requests.class);
        });
        assertThat(environment.stats().get("/a", "GET").numFailures()).isEqualTo(1);
    }
}
