package io.katydid.cluster;

import io.katydid.api.KatydidException;
import io.katydid.cluster.ship.Good;
import io.katydid.cluster.ship.Goods;
import io.katydid.kernel.run.Cluster;
import io.katydid.kernel.run.RunnerHome;
import io.katydid.kernel.run.TestRunner;
import java.util.List;

/** Makes masters and workers that speak the reference's protocol over ZeroMQ. */
public final class ZmqCluster implements Cluster {
    private final Pace pace;
    private final Goods goods;

    /** Makes it with the reference's pace; for {@link java.util.ServiceLoader}. */
    public ZmqCluster() {
        this(ZmqCluster::nothing);
    }

    /** Makes it with what a master gives to its workers. */
    public ZmqCluster(Goods goods) {
        this(Pace.defaults(), goods);
    }

    ZmqCluster(Pace pace) {
        this(pace, ZmqCluster::nothing);
    }

    ZmqCluster(Pace pace, Goods goods) {
        this.pace = pace;
        this.goods = goods;
    }

    private static List<Good> nothing() {
        throw new KatydidException("This master was made by a program that has its users in classes, not in a script.");
    }

    @Override public TestRunner master(RunnerHome home, String bindHost, int bindPort) {
        return MasterRunnerImpl.make(home, new Address(bindHost, bindPort), pace, goods);
    }

    @Override public TestRunner worker(RunnerHome home, String masterHost, int masterPort) {
        return new WorkerRunnerImpl(home, new Address(masterHost, masterPort), pace);
    }
}
