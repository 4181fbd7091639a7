package io.katydid.kernel.users;

import io.katydid.api.spi.RequestOutcome;
import io.katydid.kernel.event.KernelEvents;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Times the event of a request. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"-Xmx256m", "-XX:+UseSerialGC"})
public class FireBenchmark {
    /** Says how many listen. */
    @Param({"0", "1", "5"}) public int listeners;
    /** Is what the listeners see. */
    public double millis;
    private final KernelEvents events = new KernelEvents(new KernelRecorder());
    private final RequestOutcome outcome = new RequestOutcome("GET", "/", "http://localhost/", 0, 1_000_000, 150, null, null, Map.of());

    /** Adds the listeners. */
    @Setup public void listen() {
        for (int i = 0; i < listeners; i++) events.request().addListener(event -> millis += event.responseTimeMs());
    }

    /** Fires as a user does: not at all when nobody listens. */
    @Benchmark public void fire() {
        if (!events.request().listeners().isEmpty()) events.request().fire(new FiredRequest(outcome, 1_000_000, Map.of(), null));
    }
}
