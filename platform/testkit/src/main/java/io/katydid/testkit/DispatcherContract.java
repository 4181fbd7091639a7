package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.FixedCount;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.UserDispatcher;
import io.katydid.api.UserDispatcher.Step;
import io.katydid.api.Weight;
import io.katydid.launcher.Katydid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Is what every dispatcher promises: it reaches the target, no faster than the rate, never past it, fairly among classes and workers.
 *
 * <pre>{@code
 * class RoundRobinContractTest extends DispatcherContract {
 *     @Override protected UserDispatcher.Factory factory() { return RoundRobin::new; }
 * }
 * }</pre>
 */
public abstract class DispatcherContract {
    private static final int MOST_STEPS = 100_000;
    private static final List<Integer> TARGETS = List.of(1, 2, 7, 30, 100);

    /** Makes the contract; JUnit does. */
    protected DispatcherContract() {}

    /** Gives what makes the dispatcher. */
    protected abstract UserDispatcher.Factory factory();

    /** Is three times as frequent as {@link Light}. */
    @Weight(3)
    static final class Heavy extends User {
        @Task void idle() {
            sleep(1);
        }
    }

    /** Has the weight 1. */
    static final class Light extends User {
        @Task void idle() {
            sleep(1);
        }
    }

    /** Is there exactly twice. */
    @FixedCount(2)
    static final class Two extends User {
        @Task void idle() {
            sleep(1);
        }
    }

    @SafeVarargs private static List<UserClass> classes(Class<? extends User>... types) {
        try (var environment = Katydid.environment(types).loops(1).build()) {
            return environment.userClasses();
        }
    }

    private static List<String> workers(int count) {
        var names = new ArrayList<String>();
        for (int i = 1; i <= count; i++) names.add("worker-" + i);
        return names;
    }

    private static List<Step> steps(UserDispatcher dispatcher, int target, double rate) {
        var steps = new ArrayList<Step>();
        for (var step : dispatcher.dispatch(target, rate, List.of())) {
            steps.add(step);
            assertThat(steps.size()).as("steps to " + target + " users").isLessThan(MOST_STEPS);
        }
        return steps;
    }

    private static int total(Step step) { return step.users().values().stream().mapToInt(DispatcherContract::sum).sum(); }

    private static int sum(Map<String, Integer> users) { return users.values().stream().mapToInt(Integer::intValue).sum(); }

    private static int ofClass(Step step, Class<?> type) {
        return step.users().values().stream().mapToInt(users -> users.getOrDefault(type.getSimpleName(), 0)).sum();
    }

    /** The last step has as many users as were asked for, on known workers, and no step has more or fewer than the one before allows. */
    @Test void itReachesTheTargetStepByStep() {
        for (int workers = 1; workers <= 4; workers++) {
            for (int target : TARGETS) {
                var names = workers(workers);
                var steps = steps(factory().create(classes(Heavy.class, Light.class), names), target, 3);
                assertThat(steps).as("steps to " + target + " users").isNotEmpty();
                assertThat(total(steps.getLast())).as("users of the last step on " + workers + " workers").isEqualTo(target);
                int before = 0;
                for (var step : steps) {
                    assertThat(step.users().keySet()).as("workers").isSubsetOf(names);
                    assertThat(step.users().values()).allSatisfy(users -> assertThat(users.values()).allMatch(count -> count >= 0));
                    assertThat(total(step)).as("users of a step on the way to " + target).isBetween(before, target);
                    before = total(step);
                }
            }
        }
    }

    /** After so many seconds there are no more users than the rate allows, but for one step. */
    @Test void itKeepsTheRate() {
        for (double rate : new double[]{0.5, 1, 3, 10, 25.5}) {
            double seconds = 0;
            double most = Math.max(1, Math.ceil(rate));
            for (var step : steps(factory().create(classes(Heavy.class, Light.class), workers(1)), 60, rate)) {
                assertThat((double) total(step)).as("users after " + seconds + " s at " + rate + " per second")
                    .isLessThanOrEqualTo(seconds * rate + most + 1e-6);
                assertThat(step.waitSeconds()).as("wait in seconds").isNotNegative();
                seconds += step.waitSeconds();
            }
            assertThat(seconds).as("seconds for 60 users at " + rate + " per second").isBetween(60 / rate - most / rate - 1e-6,
                60 / rate + 1 + 1e-6);
        }
    }

    /** Classes get their share by weight, to within one user, and workers the same number, to within one. */
    @Test void itIsFair() {
        for (int target : List.of(4, 30, 100)) {
            var last = steps(factory().create(classes(Heavy.class, Light.class), workers(3)), target, 1000).getLast();
            assertThat(Math.abs(ofClass(last, Heavy.class) - target * 0.75)).as("distance of " + ofClass(last, Heavy.class)
                + " heavy users from their share of " + target).isLessThanOrEqualTo(1);
            var perWorker = last.users().values().stream().map(DispatcherContract::sum).toList();
            int most = perWorker.stream().mapToInt(Integer::intValue).max().orElse(0);
            int least = perWorker.size() < 3 ? 0 : perWorker.stream().mapToInt(Integer::intValue).min().orElse(0);
            assertThat(most - least).as("difference between workers " + perWorker).isLessThanOrEqualTo(1);
        }
    }

    /** A class with a fixed count has exactly that many, the others share the rest. */
    @Test void aFixedCountIsExact() {
        var last = steps(factory().create(classes(Two.class, Light.class), workers(2)), 10, 1000).getLast();
        assertThat(ofClass(last, Two.class)).isEqualTo(2);
        assertThat(ofClass(last, Light.class)).isEqualTo(8);
    }

    /** A second plan goes on from where the first one ended, down as well as up. */
    @Test void theNextPlanGoesOnFromTheLast() {
        var dispatcher = factory().create(classes(Heavy.class, Light.class), workers(2));
        steps(dispatcher, 20, 10);
        var up = steps(dispatcher, 30, 5);
        assertThat(total(up.getFirst())).as("first step from 20 to 30 users").isBetween(20, 25);
        assertThat(total(up.getLast())).isEqualTo(30);
        var down = steps(dispatcher, 4, 5);
        assertThat(total(down.getFirst())).as("first step from 30 to 4 users").isBetween(25, 30);
        assertThat(total(down.getLast())).isEqualTo(4);
    }

    /** With some classes only, no other class gets a new user. */
    @Test void itKeepsToTheClassesAskedFor() {
        var steps = new ArrayList<Step>();
        factory().create(classes(Heavy.class, Light.class), workers(1)).dispatch(10, 100, List.of(Light.class)).forEach(steps::add);
        var last = steps.getLast();
        assertThat(ofClass(last, Light.class)).isEqualTo(10);
        assertThat(ofClass(last, Heavy.class)).isZero();
    }

    /** When workers come or go, the next plan has all users on those that are there. */
    @Test void itFollowsTheWorkers() {
        var dispatcher = factory().create(classes(Heavy.class, Light.class), workers(2));
        steps(dispatcher, 12, 100);
        for (int workers : List.of(3, 1)) {
            dispatcher.workers(workers(workers));
            var last = steps(dispatcher, 12, 100).getLast();
            assertThat(total(last)).as("users on " + workers + " workers").isEqualTo(12);
            assertThat(last.users().keySet()).isSubsetOf(workers(workers));
        }
    }

    /** Users that ended by themselves are replaced by the next plan. */
    @Test void lostUsersAreReplaced() {
        var dispatcher = factory().create(classes(Heavy.class, Light.class), workers(1));
        steps(dispatcher, 8, 100);
        dispatcher.lost("worker-1", "Light", 2);
        var last = steps(dispatcher, 8, 100).getLast();
        assertThat(total(last)).isEqualTo(8);
        assertThat(ofClass(last, Light.class)).as("light users, whose share is 2").isBetween(1, 3);
    }
}
