package io.katydid.kernel.run;

/** Makes the runners of tests that several processes run together. Offered to {@link java.util.ServiceLoader}. */
public interface Cluster {

    /** Makes a master that will listen there; it is a {@link io.katydid.api.MasterRunner} too. */
    TestRunner master(RunnerHome home, String bindHost, int bindPort);

    /** Makes a worker of the master there; it is a {@link io.katydid.api.WorkerRunner} too. */
    TestRunner worker(RunnerHome home, String masterHost, int masterPort);
}
