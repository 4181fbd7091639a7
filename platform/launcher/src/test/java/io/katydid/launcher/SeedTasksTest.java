package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.katydid.api.RescheduleTask;
import io.katydid.api.RescheduleTaskImmediately;
import io.katydid.api.SequentialTaskSet;
import io.katydid.api.State;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.TaskList;
import io.katydid.api.TaskSet;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.parity.Parity;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Follows one user through its task sets, step by step, with each wait. */
class SeedTasksTest {
    private static final List<String> TRAIL = new CopyOnWriteArrayList<>();
    private static final AtomicInteger FREQUENT = new AtomicInteger();
    private static final AtomicInteger RARE = new AtomicInteger();

    @BeforeEach void clear() { TRAIL.clear(); }

    /** Notes its hooks and its waits. */
    public abstract static class Noting extends User {
        @Override protected WaitTime waitTime() {
            return () -> {
                TRAIL.add("wait");
                return 0.001;
            };
        }

        @Override protected void onStart() { TRAIL.add("user starts"); }

        @Override protected void onStop() { TRAIL.add("user stops"); }
    }

    private static void run(Class<? extends User> type) {
        try (var environment = Katydid.environment(type).build(); var runner = environment.createLocalRunner()) {
            environment.init();
            runner.start(1, 10);
            await().until(() -> runner.state() == State.RUNNING && runner.userCount() == 0);
        }
    }

    /** Takes a tour of two levels. */
    public static class Visitor extends Noting {
        @Override protected TaskList tasks() { return TaskList.of(Tour.class); }
    }

    /** Is a sequence with a set in it. */
    public static class Tour extends SequentialTaskSet {
        @Override protected void onStart() { TRAIL.add("tour starts in " + parent().getClass().getSimpleName()); }

        @Override protected void onStop() { TRAIL.add("tour stops"); }

        @Task void first() {
            TRAIL.add("first");
            scheduleTask(this::extra);
        }

        void extra() { TRAIL.add("extra"); }

        /** Leaves by a scheduled task. */
        @Task
        public static class Inner extends TaskSet {
            @Override protected void onStart() {
                TRAIL.add("inner starts in " + parent().getClass().getSimpleName() + " of " + user().getClass().getSimpleName());
            }

            @Override protected void onStop() { TRAIL.add("inner stops"); }

            @Task void look() {
                TRAIL.add("look");
                scheduleTask(this::later);
            }

            void later() {
                TRAIL.add("later");
                interrupt();
            }
        }

        @Task void last() {
            TRAIL.add("last");
            throw new StopUser();
        }
    }

    @Test
    @Parity({"SD-13", "SD-17", "SD-83", "SD-84", "SD-85", "SD-86", "SD-87", "SD-89", "SD-120", "UM-48",
        "UM-74"}) void setsAreEnteredAndLeft() {
        run(Visitor.class);
        assertThat(TRAIL).containsExactly("user starts", "tour starts in Visitor", "first", "wait", "extra", "wait",
            "inner starts in Tour of Visitor", "look", "wait", "later", "inner stops", "last", "tour stops", "user stops");
    }

    /** Ends its tasks early. */
    public static class Hasty extends Noting {
        @Override protected TaskList tasks() { return TaskList.of(Flow.class); }
    }

    /** Ends each of its tasks in another way. */
    public static class Flow extends SequentialTaskSet {
        @Task void early() {
            TRAIL.add("early");
            throw new RescheduleTask();
        }

        @Task void atOnce() {
            TRAIL.add("at once");
            throw new RescheduleTaskImmediately();
        }

        /** Leaves with a wait. */
        @Task
        public static class Leaving extends TaskSet {
            @Task void leave() {
                TRAIL.add("leave");
                interrupt(false);
            }
        }

        @Task void last() {
            TRAIL.add("last");
            throw new StopUser();
        }
    }

    @Test
    @Parity({"SD-88", "SD-120", "SD-121", "SD-122", "UM-46", "UM-47"}) void tasksEndEarlyWithAndWithoutAWait() {
        run(Hasty.class);
        assertThat(TRAIL).containsExactly("user starts", "early", "wait", "at once", "leave", "wait", "last", "user stops");
    }

    /** Picks by weight. */
    public static class Weighing extends User {
        private int turns;

        @Override protected TaskList tasks() { return TaskList.empty().and(this::frequent, 3).and(this::rare); }

        void frequent() {
            FREQUENT.incrementAndGet();
            end();
        }

        void rare() {
            RARE.incrementAndGet();
            end();
        }

        private void end() {
            if (++turns == 4000) throw new StopUser();
        }
    }

    @Test
    @Parity({"SD-12", "UM-2"}) void aListHasWeights() {
        run(Weighing.class);
        assertThat(FREQUENT.get() + RARE.get()).isEqualTo(4000);
        assertThat(FREQUENT.get() / 4000.0).isCloseTo(0.75, within(0.05));
    }

    /** Changes its list while it runs. */
    public static class Changing extends User {
        @Override protected WaitTime waitTime() { return constant(0.001); }

        @Override protected TaskList tasks() { return TaskList.empty().and(this::before); }

        void before() {
            TRAIL.add("before");
            tasks(TaskList.empty().and(this::after));
        }

        void after() {
            TRAIL.add("after");
            if (TRAIL.size() == 10) throw new StopUser();
        }
    }

    @Test
    @Parity("SD-18") void aUserChangesItsTasksWhileItRuns() {
        run(Changing.class);
        assertThat(TRAIL).hasSize(10).startsWith("before", "after").containsOnlyOnce("before");
    }

    @Test
    @Parity({"SD-90", "UM-70", "UM-71"}) void thereAreFourWaits() throws Exception {
        double sum = 0;
        var between = WaitTime.between(1, 3);
        for (int i = 0; i < 10_000; i++) {
            double seconds = between.seconds();
            assertThat(seconds).isBetween(1.0, 3.0);
            sum += seconds;
        }
        assertThat(sum / 10_000).isCloseTo(2, within(0.05));
        assertThat(WaitTime.constant(2.5).seconds()).isEqualTo(2.5);
        assertThat(WaitTime.constantPacing(100).seconds()).isBetween(90.0, 100.0);
        assertThat(WaitTime.constantThroughput(0.01).seconds()).isBetween(90.0, 100.0);
        assertThat(WaitTime.constantPacing(0).seconds()).isZero();
    }
}
