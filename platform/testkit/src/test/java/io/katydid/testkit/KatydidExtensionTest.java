package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.Environment;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.stats.Snapshot;
import io.katydid.launcher.Katydid;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs users inside tests, as plugin authors do. */
@ExtendWith(KatydidExtension.class)
@RunUsers(KatydidExtensionTest.Reporting.class)
class KatydidExtensionTest {

    /** Reports a request per task, named by its host. */
    static final class Reporting extends User {
        @Task void one() {
            environment().events().request().report("T", environment().host().orElse("no host"), 1).success();
            sleep(0.001);
        }
    }

    /** Ends before it did anything. */
    static final class Brief extends User {
        @Override protected void onStart() {
            throw new StopUser();
        }

        @Task void never() {}
    }

    @Test
    @RunUsers(value = Reporting.class, users = 3, requests = 7) void aRunIsOverWhenTheTestBegins(Snapshot snapshot, TargetServer server,
        Environment environment) {
        assertThat(snapshot.total().numRequests()).isEqualTo(21);
        assertThat(snapshot.entries()).singleElement().satisfies(entry -> assertThat(entry.name()).isEqualTo(server.url()));
        assertThat(environment.runner().userCount()).isZero();
        assertThat(environment.stats().total().numRequests()).isEqualTo(21);
    }

    @Test
    @RunUsers(value = Reporting.class, requests = 0, seconds = 0.2, host = "http://elsewhere") void aRunCanTakeATime(Snapshot snapshot) {
        assertThat(snapshot.total().numRequests()).isGreaterThan(1);
        assertThat(snapshot.entries().getFirst().name()).isEqualTo("http://elsewhere");
    }

    @Test void thePlatformOfTheClassIsReadyToRun(EmbeddedKatydid katydid, Environment environment) throws Exception {
        assertThat(katydid.environment()).isSameAs(environment);
        assertThat(katydid.runUntil(2, "ten requests were made", () -> environment.stats().snapshot().total().numRequests() >= 10).total()
            .numRequests()).isGreaterThanOrEqualTo(10);
        assertThat(katydid.finish()).isZero();
    }

    @Test void usersAreCountedAsSoonAsTheyAreThere(EmbeddedKatydid katydid) throws Exception {
        assertThat(katydid.userCounts()).isEmpty();
        katydid.start(3);
        assertThat(katydid.userCounts()).containsOnly(Map.entry("Reporting", 3));
    }

    @Test
    @RunUsers(value = Brief.class, users = 2) void usersThatEndEarlyCountAsDone(Snapshot snapshot) {
        assertThat(snapshot.total().numRequests()).isZero();
    }

    @Test void aConditionThatNeverHoldsIsNamed() {
        assertThatThrownBy(() -> Await.until("pigs fly", Duration.ofMillis(20), () -> false)).isInstanceOf(AssertionError.class)
            .hasMessage("Waited 20 ms in vain until pigs fly.");
    }

    @Test void aTestWithoutUsersIsToldWhatToAdd() {
        Broken.run(WithoutUsers.class).failed("nothing", "Add @RunUsers(YourUser.class) to it or to its class.");
    }

    /** Forgot to say which users. */
    @ExtendWith(KatydidExtension.class)
    static class WithoutUsers {
        @Test void nothing(EmbeddedKatydid katydid) {
            assertThat(katydid).isNull();
        }
    }

    @Test void twoOfThemDoNotMix() throws Exception {
        try (var one = EmbeddedKatydid.open(Katydid.environment(Reporting.class).host("http://one").loops(1));
            var two = EmbeddedKatydid.open(Katydid.environment(Reporting.class).host("http://two").loops(1))) {
            one.start(1);
            two.start(1);
            Await.until("both have made requests", () -> one.environment().stats().snapshot().total().numRequests() > 0 && two.environment()
                .stats().snapshot().total().numRequests() > 0);
            assertThat(one.stop().entries()).extracting(entry -> entry.name()).containsExactly("http://one");
            assertThat(two.stop().entries()).extracting(entry -> entry.name()).containsExactly("http://two");
        }
    }
}
