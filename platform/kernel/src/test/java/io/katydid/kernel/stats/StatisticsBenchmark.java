package io.katydid.kernel.stats;

import io.katydid.api.spi.RequestOutcome;
import io.katydid.api.stats.Snapshot;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Times what a request costs the statistics, and what a second does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class StatisticsBenchmark {
    private final Interval interval = new Interval(10_000);
    private final RequestOutcome[] outcomes = new RequestOutcome[1024];
    private final Kept thousandNames = new Kept();
    private int next;

    /** Makes requests of 16 names, from 0.1 to 100 ms, and statistics of 1,000 names. */
    @Setup public void make() {
        for (int i = 0; i < outcomes.length; i++)
            outcomes[i] = outcome("/page/" + i % 16, Math.round(100_000 * Math.pow(1000, i / 1024.0)));
        for (int i = 0; i < 10_000; i++) thousandNames.ends("/name/" + i % 1000, 1 + i % 300);
    }

    private static RequestOutcome outcome(String name, long nanos) {
        return new RequestOutcome("GET", name, "http://localhost/", 0, nanos, 150, null, null, Map.of());
    }

    /** Stops the loop of the fake. */
    @TearDown public void close() {
        thousandNames.close();
    }

    /** Adds one request to the figures of its loop. */
    @Benchmark public void record() {
        var outcome = outcomes[next++ & 1023];
        interval.cell(outcome.requestType(), outcome.name()).add(1_800_000_000_000_000_000L, outcome.durationNanos(), 150, false);
    }

    /** Takes the snapshot of a second that has 1,000 names. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS) public Snapshot second() {
        return thousandNames.statistics.second(false);
    }
}
