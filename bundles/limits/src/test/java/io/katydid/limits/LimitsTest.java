package io.katydid.limits;

import static io.katydid.limits.TotalPacing.constantTotalIps;
import static io.katydid.limits.TotalPacing.constantTotalPacing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.CatchResponseError;
import io.katydid.api.KatydidException;
import io.katydid.api.Plugin;
import io.katydid.api.Task;
import io.katydid.api.TaskSet;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.launcher.Katydid;
import io.katydid.parity.Parity;
import io.katydid.testkit.Await;
import io.katydid.testkit.EmbeddedKatydid;
import io.katydid.testkit.TestOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitsTest {

    /** Runs tasks of its own and of a set, and takes its time between them. */
    public static final class Worker extends User {
        @Override protected WaitTime waitTime() { return constant(0.001); }

        @Task void work() {
            environment().shared("runs", AtomicInteger.class, AtomicInteger::new).incrementAndGet();
        }

        /** Is entered without counting. */
        @Task
        public final class Shelf extends TaskSet {
            @Task void look() {
                environment().shared("runs", AtomicInteger.class, AtomicInteger::new).incrementAndGet();
                interrupt();
            }
        }
    }

    /** Would run once a minute. */
    public static final class Slow extends User {
        @Override protected WaitTime waitTime() { return constant(60); }

        @Task void work() {
            environment().events().request().report("T", "work", 10).success();
        }
    }

    private static EmbeddedKatydid open(Class<? extends User> type, Plugin plugin, String... options) {
        return EmbeddedKatydid.open(Katydid.environment(type).loops(2).plugin(plugin).parsedOptions(TestOptions.of(plugin, options)));
    }

    @Test
    @Parity("LP-1") void exactlySoManyTasksRunWhateverTheNumberOfUsers() throws Exception {
        try (var katydid = open(Worker.class, new Iterations(), "--iterations=1000")) {
            katydid.start(20);
            katydid.runner().join();
            assertThat(katydid.environment().shared("runs", AtomicInteger.class, AtomicInteger::new)).hasValue(1000);
            assertThat(katydid.environment().stats().exceptions()).isEmpty();
        }
    }

    @Test
    @Parity("LP-1") void ipsReplacesTheWaitTimesOfAllUsers() throws Exception {
        try (var katydid = open(Slow.class, new Ips(), "--ips=50")) {
            katydid.start(10);
            long begin = System.nanoTime();
            Await.until("200 requests", () -> katydid.environment().stats().snapshot().total().numRequests() >= 200);
            double seconds = (System.nanoTime() - begin) / 1e9;
            assertThat(seconds).as("200 tasks at 50 a second").isGreaterThan(3.5);
        }
    }

    @Test
    @Parity("LP-1") void checksDecideTheExitCode() {
        assertThat(exitCode(0, 4)).as("no check, no failure").isZero();
        assertThat(exitCode(1, 3)).as("no check, a failure").isEqualTo(1);
        assertThat(exitCode(1, 3, "--check-fail-ratio=0.25")).as("just as many as allowed").isZero();
        assertThat(exitCode(1, 3, "--check-fail-ratio=0.2")).isEqualTo(3);
        assertThat(exitCode(0, 4, "--check-avg-response-time=100")).isZero();
        assertThat(exitCode(0, 4, "--check-avg-response-time=99.9")).isEqualTo(3);
        assertThat(exitCode(1, 3, "--check-avg-response-time=100")).as("the other checks leave failures what they are").isEqualTo(1);
        assertThat(exitCode(0, 4, "--check-rps=1000000")).isEqualTo(3);
        assertThat(exitCode(0, 4, "--check-rps=0")).isZero();
        assertThat(exitCode(1, 3, "--check-fail-ratio=1", "--check-rps=1000000")).as("one of two is not met").isEqualTo(3);
    }

    private static int exitCode(int failures, int successes, String... options) {
        try (var katydid = open(Worker.class, new Checks(), options)) {
            katydid.runner().start(0, 1);
            var request = katydid.environment().events().request();
            for (int i = 0; i < failures; i++) request.report("T", "t", 100).failure(new CatchResponseError("no"));
            for (int i = 0; i < successes; i++) request.report("T", "t", 100).success();
            return katydid.finish();
        }
    }

    @Test void nonsenseIsRefusedInWords() {
        refused(new Checks(), "--check-fail-ratio is 5.0. Give a ratio from 0 to 1, such as 0.05.", "--check-fail-ratio=5");
        refused(new Checks(), "--check-rps is -1.0. Give a rate, 0 or more.", "--check-rps=-1");
        refused(new Iterations(), "--iterations is -1. Give the number of tasks to run, or 0 for no limit.", "--iterations=-1");
        refused(new Ips(), "--ips is NaN. Give task iterations per second, such as 50 or 0.5, or 0 for no limit.", "--ips=NaN");
        assertThatThrownBy(() -> constantTotalIps(null, 0))
            .hasMessage(
                "constantTotalIps(0.0): the number of tasks per second over all users must be above 0. For one task in 10 s write 0.1.");
        assertThatThrownBy(() -> constantTotalPacing(null, -1)).hasMessageContaining("is a number of seconds above 0");
    }

    private static void refused(Plugin plugin, String words, String option) {
        assertThatThrownBy(() -> open(Worker.class, plugin, option)).isInstanceOf(KatydidException.class).hasMessageContaining(words);
    }

    @Test
    @Parity("LP-5") void momentsAreGivenOutOneAfterTheOtherAndWhatWasMissedIsNotCaughtUp() throws Exception {
        var clock = new AtomicLong(5_000_000_000L);
        var schedule = new Schedule(clock::get, () -> true);
        var tenASecond = schedule.every(0.1);
        var each = new double[4];
        for (int i = 0; i < each.length; i++) each[i] = tenASecond.seconds();
        assertThat(each).containsExactly(0, 0.1, 0.2, 0.3);
        clock.addAndGet(Duration.ofMillis(350).toNanos());
        assertThat(tenASecond.seconds()).as("due in 50 ms").isEqualTo(0.05);
        clock.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(tenASecond.seconds()).as("nobody was free for 10 s").isZero();
        assertThat(tenASecond.seconds()).as("the next one waits again").isEqualTo(0.1);
        assertThat(schedule.hasWarned()).isFalse();
        for (int i = 0; i < 2; i++) {
            clock.addAndGet(Duration.ofSeconds(10).toNanos());
            tenASecond.seconds();
        }
        assertThat(schedule.hasWarned()).as("missed twice running").isTrue();
    }

    /** Is paced together with all others. */
    public static final class Paced extends User {
        @Override protected WaitTime waitTime() { return constantTotalPacing(this, 0.02); }

        @Task void work() {
            environment().events().request().report("T", "work", 1).success();
        }
    }

    @Test
    @Parity("LP-5") void allUsersTogetherKeepThePace() throws Exception {
        try (var katydid = EmbeddedKatydid.open(Katydid.environment(Paced.class).loops(2))) {
            var total = katydid.runFor(25, Duration.ofSeconds(4)).total();
            assertThat(total.numRequests()).as("25 at once, then 50 a second").isBetween(150L, 235L);
        }
    }
}
