package io.katydid.kernel.dispatch;

import io.katydid.api.UserClass;
import io.katydid.api.UserDispatcher.Step;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Times plans of many users over many workers. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
public class DispatchBenchmark {
    private final List<UserClass> few = classes(5);
    private final List<UserClass> many = classes(50);
    private final List<String> thousands = workers(10_000);
    private final List<String> thousand = workers(1000);
    private Iterator<Step> ramp = List.<Step>of().iterator();

    private static List<UserClass> classes(int count) {
        var classes = new ArrayList<UserClass>();
        for (int i = 0; i < count; i++) classes.add(FakeClass.weighted("U" + (100 + i), 1 + i % 7));
        return classes;
    }

    private static List<String> workers(int count) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) ids.add("host" + i % 100 + "_" + i);
        return ids;
    }

    /** Begins a ramp of 100,000 users, 5,000 a step, anew when the last has ended. */
    @Setup(Level.Invocation) public void ramp() {
        if (!ramp.hasNext()) ramp = new KullbackLeiblerDispatcher(many, thousand).dispatch(100_000, 5000, List.of()).iterator();
    }

    /** Takes one step of 5,000 users with 50 classes over 1,000 workers. */
    @Benchmark
    @BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
    @Warmup(iterations = 3, time = 1)
    @Measurement(iterations = 5, time = 1) public Step step() {
        return ramp.next();
    }

    /** Plans 1,000,000 users over 10,000 workers, from nothing. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 2)
    @Measurement(iterations = 7) public Step million() {
        return new KullbackLeiblerDispatcher(few, thousands).dispatch(1_000_000, 1_000_000, List.of()).iterator().next();
    }
}
