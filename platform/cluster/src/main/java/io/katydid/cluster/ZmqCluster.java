package io.katydid.cluster;

import io.katydid.kernel.run.Cluster;
import io.katydid.kernel.run.RunnerHome;
import io.katydid.kernel.run.TestRunner;

/** Makes masters and workers that speak the reference's protocol over ZeroMQ. */
public final class ZmqCluster implements Cluster {
    private final Pace pace;

    /** Makes it with the reference's pace; for {@link java.util.ServiceLoader}. */
    public ZmqCluster() {
        this(Pace.defaults());
    }

    ZmqCluster(Pace pace) {
        this.pace = pace;
    }

    @Override public TestRunner master(RunnerHome home, String bindHost, int bindPort) {
        return MasterRunnerImpl.make(home, new Address(bindHost, bindPort), pace);
    }

    @Override public TestRunner worker(RunnerHome home, String masterHost, int masterPort) {
        return new WorkerRunnerImpl(home, new Address(masterHost, masterPort), pace);
    }
}
