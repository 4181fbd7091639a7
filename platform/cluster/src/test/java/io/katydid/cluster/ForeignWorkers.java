package io.katydid.cluster;

import io.katydid.kernel.EnvironmentBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** Is a test of a master with workers that are not Katydid's, whose log is kept. */
abstract class ForeignWorkers {
    final LogLines log = new LogLines();
    final Cluster cluster;
    final List<RawWorker> workers = new ArrayList<>();

    ForeignWorkers(Consumer<EnvironmentBuilder> settings) {
        cluster = new Cluster(Cluster.STILL, 0, settings);
    }

    /** Starts a worker that greets, and does what it is told. */
    RawWorker obedient(String id) {
        return with(RawWorker.obedient(cluster.runner().port(), id));
    }

    /** Starts a worker that greets, and leaves the rest to the test. */
    RawWorker ready(String id) {
        return with(RawWorker.ready(cluster.runner().port(), id));
    }

    RawWorker with(RawWorker worker) {
        workers.add(worker);
        return worker;
    }

    @AfterEach void close() {
        cluster.close();
        workers.forEach(RawWorker::close);
        log.close();
    }
}
