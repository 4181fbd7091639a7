package io.katydid.feeders;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.LocalRunner;
import io.katydid.api.MasterRunner;
import io.katydid.api.Plugin;
import io.katydid.api.WorkerRunner;
import java.time.Duration;

/** Lets the workers of a test share the rows of a file: each row that is to be given out once is given out once in all of them. */
@Extension
public final class SharedRows implements Plugin {
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Makes one; the platform does. */
    public SharedRows() {}

    @Override public void init(Environment environment) {
        switch (environment.runner()) {
            case MasterRunner master -> lend(environment, master);
            case WorkerRunner worker -> borrow(environment, worker);
            case LocalRunner _ -> {
                // Its users share a position as they are.
            }
        }
    }

    private static void lend(Environment environment, MasterRunner master) {
        var lessor = new Lessor(master);
        master.registerMessage(Lease.ASK, Lease.Ask.class, (_, message) -> lessor.asked(message.data(), message.clientId()));
        master.registerMessage(Lease.SPENT, Lease.Spent.class, (_, message) -> lessor.spent(message.data(), message.clientId()));
        environment.every(LOOK, lessor::look);
    }

    private static void borrow(Environment environment, WorkerRunner worker) {
        var lessee = Lessee.of(environment);
        worker.registerMessage(Lease.GRANT, Lease.Grant.class, (_, message) -> lessee.granted(message.data()));
        worker.registerMessage(Lease.OVER, Lease.Over.class, (_, message) -> lessee.over(message.data()));
    }
}
