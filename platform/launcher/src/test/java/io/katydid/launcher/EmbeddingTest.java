package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.launcher.SingleUser.Print;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

    /** Does one request and ends. */
    public static class Once extends User {
        @Task void once() {
            environment().events().request().report("T", "only", 12).failure("nope");
            throw new StopUser();
        }
    }

    @Test void oneUserPrintsALinePerRequestAndEnds() {
        var out = new ByteArrayOutputStream();
        SingleUser.of(Once.class).include(Print.LENGTH).printTo(new PrintStream(out, true, StandardCharsets.UTF_8)).run();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("T\tonly" + " ".repeat(46) + "\t12     \t0\t").contains("nope");
    }

    @Test void twoEnvironmentsDoNotMix() throws Exception {
        try (var first = Katydid.environment(Scene.Buyer.class).host("http://one").build();
            var second = Katydid.environment(Scene.Failing.class).host("http://two").build();
            var one = first.createLocalRunner();
            var two = second.createLocalRunner()) {
            first.init();
            second.init();
            one.start(2, 10);
            two.start(1, 10);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while ((first.stats().total().numRequests() == 0 || second.stats().total().numFailures() == 0) && System.nanoTime() < end)
                Thread.onSpinWait();
            one.quit();
            two.quit();
            assertThat(first.stats().total().numRequests()).isPositive();
            assertThat(first.stats().total().numFailures()).isZero();
            assertThat(second.stats().total().numFailures()).isEqualTo(second.stats().total().numRequests()).isPositive();
            assertThat(first.host()).contains("http://one");
        }
    }
}
