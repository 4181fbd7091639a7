package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.katydid.carrier.netty.CarrierLoops;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries users as a JVM would run them that is not the one the loops were made for. */
class TrialTest {
    private static final String FLAG = "--add-opens=java.base/java.lang=ALL-UNNAMED";
    private static final Duration LONG = Duration.ofSeconds(20);
    private final Loop loop = CarrierLoops.open(1, LoopKind.USUAL, "tried").getFirst();

    @AfterEach void close() {
        loop.users().close();
        loop.shutDown();
    }

    @Test void thisJvmPasses() {
        assertThat(new Trial(loop, loop::spawn, LONG).run()).isEmpty();
        assertThat(Trial.problem()).isEmpty();
    }

    @Test void aUserThatDoesNotRunOnTheLoopFails() {
        assertThat(trial((name, body) -> Thread.ofVirtual().name(name).start(body)).run()).hasValueSatisfying(
            text -> assertThat(text)
                .startsWith("Users run on the JDK's default scheduler, about twice the CPU per request: this JVM, " + Runtime.version())
                .contains("a trial user failed when it started: java.lang.IllegalStateException: it ran on VirtualThread[#").contains(FLAG)
                .endsWith("or any with -Djdk.virtualThreadScheduler.parallelism=1 where that is not possible."));
    }

    @Test void aUserThatIsNoVirtualThreadFails() {
        assertThat(trial((name, body) -> {
            loop.execute(body);
            return Thread.currentThread();
        }).run()).hasValueSatisfying(text -> assertThat(text).contains("when it started", "it ran on Thread[#"));
    }

    @Test void aUserThatNeverRunsFails() {
        assertThat(trial((name, body) -> Thread.ofVirtual().name(name).unstarted(body)).run())
            .hasValueSatisfying(text -> assertThat(text).contains("a trial user failed when it started: nothing happened for 300 ms"));
    }

    @Test void aUserThatCannotBeMadeFails() {
        assertThat(trial((_, _) -> {
            throw new IllegalStateException("no such constructor");
        }).run())
            .hasValueSatisfying(text -> assertThat(text).contains("when it started: java.lang.IllegalStateException: no such constructor"));
    }

    /** Runs a body while a class is initialised: the JVM cannot take such a user off its loop. */
    private static final class Pinned {
        private static final AtomicReference<Runnable> BODY = new AtomicReference<>();

        static void run(Runnable body) {
            BODY.set(body);
            Initialised.touch();
        }

        private static final class Initialised {
            static {
                BODY.get().run();
            }

            static void touch() {}
        }
    }

    /** As on a JDK before 24, where who waits for a monitor holds its carrier. */
    @Test void aUserThatHoldsItsLoopWhileItWaitsForAMonitorFails() {
        assertThat(trial((name, body) -> loop.spawn(name, () -> Pinned.run(body))).run())
            .hasValueSatisfying(text -> assertThat(text).contains("when it waited for a monitor: nothing happened for 300 ms"));
    }

    /** As on a JDK whose parks another thread cannot end. */
    @Test void aUserThatIsNotWokenFails() {
        assertThat(trial((name, body) -> {
            loop.spawn(name, body);
            return Thread.ofVirtual().unstarted(() -> {});
        }).run()).hasValueSatisfying(text -> assertThat(text).contains("when it was woken by another thread: nothing happened for 300 ms"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void anInterruptOfTheOpenerIsKeptAndProvesNothing(boolean before) {
        var kept = new AtomicBoolean();
        if (before) Thread.currentThread().interrupt();
        try {
            assertThat(new Trial(loop, (name, body) -> {
                var user = loop.spawn(name, body);
                Thread.currentThread().interrupt();
                return user;
            }, LONG).run()).isEmpty();
        } finally {
            kept.set(Thread.interrupted());
        }
        assertThat(kept).isTrue();
    }

    @Test void aMethodTheJdkDoesNotHaveIsSaid() {
        assertThatThrownBy(() -> JdkInsides.lookUp("newVirtualThreadOfTomorrow")).isInstanceOf(NoSuchMethodException.class)
            .satisfies(missing -> assertThat(JdkThreads.fallback(missing.toString())).contains("newVirtualThreadOfTomorrow", FLAG));
    }

    @Test void whatFailedIsLoggedOnceAtInfoAndUsersRunAllTheSame() throws Exception {
        try (var log = new LogLines();
            var carriers = new Carriers(CarrierOptions.defaults().withLoops(2), Optional.of(JdkThreads.fallback("a reason")))) {
            assertThat(carriers.real()).isFalse();
            assertThat(carriers.fallbackReason()).hasValueSatisfying(text -> assertThat(text).contains("(a reason)", FLAG));
            var ran = new AtomicBoolean();
            var carrier = carriers.next();
            carrier.spawn("user", () -> ran.set(!carrier.isCurrent() && Carrier.current() == carrier)).join();
            assertThat(ran).isTrue();
            assertThat(log.at(Level.INFO)).singleElement().satisfies(line -> assertThat(line).contains("(a reason)", FLAG));
        }
    }

    private Trial trial(Trial.Starter starter) { return new Trial(loop, starter, Duration.ofMillis(300)); }
}
