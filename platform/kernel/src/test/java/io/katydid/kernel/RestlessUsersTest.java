package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.InterruptTaskSet;
import io.katydid.api.RescheduleTask;
import io.katydid.api.RescheduleTaskImmediately;
import io.katydid.api.State;
import io.katydid.api.Task;
import io.katydid.api.TaskSet;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs users that never wait beside one that does, on one loop: each must leave it its turns. */
class RestlessUsersTest {
    private static final AtomicInteger TURNS = new AtomicInteger();
    private static final AtomicInteger RESTLESS = new AtomicInteger();

    static class Polite extends User {
        @Override protected WaitTime waitTime() { return constant(0.001); }

        @Task void turn() { TURNS.incrementAndGet(); }
    }

    static class LeavesItsSet extends User {
        @Task
        class Shelf extends TaskSet {
            @Task void look() {
                RESTLESS.incrementAndGet();
                interrupt();
            }
        }
    }

    static class LeavesItsSetAndWaits extends User {
        @Task
        class Shelf extends TaskSet {
            @Task void look() {
                RESTLESS.incrementAndGet();
                interrupt(false);
            }
        }
    }

    static class ReschedulesAtOnce extends User {
        @Task void again() {
            RESTLESS.incrementAndGet();
            throw new RescheduleTaskImmediately();
        }
    }

    static class ReschedulesInItsWait extends User {
        @Override protected WaitTime waitTime() {
            return () -> {
                throw new RescheduleTask();
            };
        }

        @Task void again() { RESTLESS.incrementAndGet(); }
    }

    static class InterruptsInItsWait extends User {
        @Override protected WaitTime waitTime() {
            return () -> {
                throw new InterruptTaskSet();
            };
        }

        @Task void again() { RESTLESS.incrementAndGet(); }
    }

    static class Fails extends User {
        @Task void fail() {
            RESTLESS.incrementAndGet();
            throw new IllegalStateException("again");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {LeavesItsSet.class, LeavesItsSetAndWaits.class, ReschedulesAtOnce.class, ReschedulesInItsWait.class,
        InterruptsInItsWait.class, Fails.class}) void leaveTheOthersTheirTurns(Class<? extends User> restless) {
        TURNS.set(0);
        RESTLESS.set(0);
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Polite.class, restless)).loops(1).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(2, 100);
            Runs.await(() -> TURNS.get() > 20 && RESTLESS.get() > 20);
            runner.stop();
            assertThat(runner.state()).isEqualTo(State.STOPPED);
            assertThat(runner.userCount()).isZero();
        }
    }
}
