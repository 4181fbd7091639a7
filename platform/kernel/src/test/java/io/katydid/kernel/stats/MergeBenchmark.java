package io.katydid.kernel.stats;

import io.katydid.api.stats.Snapshot;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/** Times what a master's statistics do with 100 workers' reports of 20 names, 1,000 requests of each name. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class MergeBenchmark {
    private static final int WORKERS = 100;
    private static final int NAMES = 20;
    private final List<Delta> reports = new ArrayList<>();
    private final Kept master = Kept.withoutLoop(StatsOptions.defaults());

    /** Lets each worker count 1,000 requests of each name within three seconds, from 0.1 to 100 ms. */
    @Setup public void make() {
        for (int i = 0; i < WORKERS; i++) {
            var worker = Kept.worker();
            for (int k = 0; k < NAMES * 1000; k++)
                worker.at(3.0 * k / (NAMES * 1000)).ends("/page/" + k % NAMES, 0.1 * Math.pow(1000, (k * 7919L % 997) / 997.0));
            reports.add(worker.statistics.report());
        }
    }

    /** Merges 100 workers' reports and takes the second's snapshot. */
    @Benchmark public Snapshot hundredWorkers() {
        for (var report : reports) master.statistics.merge(report);
        return master.statistics.second(false);
    }
}
