package io.katydid.kernel.users;

import io.katydid.api.MarkovTaskSet;
import io.katydid.api.SequentialTaskSet;
import io.katydid.api.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Times the choice of the next of ten tasks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"-Xmx256m", "-XX:+UseSerialGC"})
public class PickBenchmark {
    private final Picker weighted = Picker.of(User.class, tasks());
    private final Picker sequential = Picker.of(SequentialTaskSet.class, tasks());
    private final Picker markov = Picker.of(MarkovTaskSet.class, tasks());

    private static List<TaskEntry> tasks() {
        var tasks = new ArrayList<TaskEntry>();
        for (int i = 0; i < 10; i++) {
            tasks.add(new TaskEntry("t" + i, 1 + i, Set.of(), Map.of("t" + (i + 1) % 10, 3, "t" + (i + 2) % 10, 1),
                new TaskEntry.OfBody(() -> {})));
        }
        return tasks;
    }

    /** Picks by weight. */
    @Benchmark public Object weighted() {
        return weighted.next();
    }

    /** Picks in order. */
    @Benchmark public Object sequential() {
        return sequential.next();
    }

    /** Picks along transitions. */
    @Benchmark public Object markov() {
        return markov.next();
    }
}
