package io.katydid.cluster;

import io.katydid.api.Tag;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.api.cli.Option;
import io.katydid.cluster.wire.WireMessage;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.options.KernelOptions;
import io.katydid.kernel.options.OptionValues;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Is a foreign master and a worker of it, for tests. */
abstract class ForeignMaster {
    static final List<String> HOOKS = new CopyOnWriteArrayList<>();
    static final LongAdder PAID = new LongAdder();
    static final LongAdder FREE = new LongAdder();
    static final Option<String> REGION = Option.string("--shop-region").defaultValue("south");
    final LogLines log = new LogLines();
    final RawMaster master = new RawMaster();
    private Cluster.@Nullable Member open;

    /** Says when it is made, when it ends, and of how many. */
    abstract static class Said extends User {
        Said() { HOOKS.add("make " + getClass().getSimpleName()); }

        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Override protected void onStop() { HOOKS.add("stop " + getClass().getSimpleName() + " of " + environment().runner().userCount()); }
    }

    /** Is the first class. */
    static class A extends Said {
        @Tag("paid")
        @Task void paid() { measure("T", "paid", PAID::increment); }

        @Task void free() { measure("T", "free", FREE::increment); }
    }

    /** Is the second class. */
    static class B extends Said {
        @Task void fails() { throw new IllegalStateException("no stock"); }
    }

    @AfterEach void close() {
        if (open != null) open.close();
        master.close();
        log.close();
        HOOKS.clear();
    }

    Cluster.Member worker(Pace pace, Consumer<EnvironmentBuilder> settings) {
        var builder = new EnvironmentBuilder().userClasses(List.of(A.class, B.class)).parsedOptions(options())
            .customOptions(List.of("shop-region", "expect-workers"));
        settings.accept(builder);
        var made = master.worker(builder, pace);
        open = made;
        return made;
    }

    Cluster.Member worker() { return worker(Cluster.STILL, _ -> {}); }

    private static OptionValues options() {
        var builder = new OptionValues.Builder();
        return builder.add(REGION).add(KernelOptions.MAX_NAMES).add(KernelOptions.TAGS).add(ClusterOptions.REST_AFTER_STOP)
            .add(ClusterOptions.EXPECT_WORKERS).build();
    }

    static Map<String, @Nullable Object> map(WireMessage message) { return RawWorker.map(message); }
}
