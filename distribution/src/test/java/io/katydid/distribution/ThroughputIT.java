package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Measures how many requests a second of one core is enough for, which other load of the machine hardly changes, beside what the manual says. */
@Isolated("measures what a request costs")
class ThroughputIT {
    private static final Pattern STATED = Pattern.compile("One core makes more than ([0-9,]+)\\s+requests per second");
    /** Is what the reference's documentation says of one process on one core, for the faster of its clients. */
    private static final int REFERENCE = 16_000;
    /** Lets the second compiler finish, which shares its cores with a server at full load and with the machine's neighbours. */
    private static final int WARM_UP_SECONDS = 18;
    private static final String USERS = """
        import io.katydid.api.*;
        import io.katydid.http.*;

        class Visitor extends FastHttpUser {
            @Task void visit() { client.get("/"); }
        }
        """;

    @TempDir Path folder;

    /** Is what had come about at one moment. */
    private record Moment(long requests, Duration cpu) {
        static Moment of(Nginx server, Process generator) throws Exception {
            return new Moment(server.served(), Stream.concat(Stream.of(generator.toHandle()), generator.descendants())
                .flatMap(each -> each.info().totalCpuDuration().stream()).reduce(Duration.ZERO, Duration::plus));
        }

        double perCpuSecond(Moment earlier) { return (requests - earlier.requests) / (cpu.minus(earlier.cpu).toNanos() / 1e9); }
    }

    @Test
    @Parity("OT-34") void aCoreIsEnoughForSeveralTimesWhatTheReferenceStates() throws Exception {
        var page = STATED.matcher(Files.readString(Modules.ROOT.resolve("distribution/docs/engine.md")));
        assertThat(page.find()).as("the manual states it").isTrue();
        int stated = Integer.parseInt(page.group(1).replace(",", ""));
        try (var server = Nginx.start(folder)) {
            var product = new Product(folder).cold();
            var run = product.start("-f", product.script("Visitor.java", USERS).toString(), "-H", server.url(), "--headless", "--loops",
                "1",
                "-u", "100", "-r", "1000", "-t", "26s", "--only-summary");
            run.awaitText("All users spawned");
            assertThat(run.process().waitFor(WARM_UP_SECONDS, TimeUnit.SECONDS)).as("ended while it was warming up").isFalse();
            var warm = Moment.of(server, run.process());
            assertThat(run.process().waitFor(5, TimeUnit.SECONDS)).as("ended while it was measured").isFalse();
            double measured = Moment.of(server, run.process()).perCpuSecond(warm);
            assertThat(run.await().exitCode()).isZero();

            System.out.printf("%,.0f requests for a second of one core; the manual says %,d%n", measured, stated);
            assertThat(stated).isGreaterThan(5 * REFERENCE);
            // A virtual core beside others may do half of what it does alone.
            assertThat(measured).isGreaterThan(2 * REFERENCE).isGreaterThan(stated / 3.0);
        }
    }
}
