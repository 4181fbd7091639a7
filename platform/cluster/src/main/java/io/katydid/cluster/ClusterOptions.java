package io.katydid.cluster;

import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import java.util.List;

/** Lists the options of tests that several processes run together, with the names, variables and defaults of the reference. */
public final class ClusterOptions {
    private static final String MASTER_GROUP = "Master options";
    private static final String WORKER_GROUP = "Worker options";

    /** Makes this process the master. */
    public static final Option<Boolean> MASTER = Option.flag("--master").env("LOCUST_MODE_MASTER").group(MASTER_GROUP)
        .help("Be the master: run no users, tell workers how many to run, and merge what they report").hiddenInWebUI();
    /** Is where the master listens. */
    public static final Option<String> MASTER_BIND_HOST = Option.string("--master-bind-host").env("LOCUST_MASTER_BIND_HOST")
        .group(MASTER_GROUP).defaultValue("*").placeholder("ADDRESS").help("The address the master listens on; * is all").hiddenInWebUI();
    /** Is the port the master listens on. */
    public static final Option<Integer> MASTER_BIND_PORT = Option.integer("--master-bind-port").env("LOCUST_MASTER_BIND_PORT")
        .group(MASTER_GROUP).defaultValue(5557).placeholder("PORT").help("The port the master listens on; 0 is any that is free")
        .hiddenInWebUI();
    /** Is how many workers a test waits for. */
    public static final Option<Integer> EXPECT_WORKERS = Option.integer("--expect-workers").env("LOCUST_EXPECT_WORKERS")
        .group(MASTER_GROUP).defaultValue(1).placeholder("N")
        .help("Begin the test of --headless or --autostart when so many workers are ready").hiddenInWebUI();
    /** Is how long a test waits for its workers. */
    public static final Option<Integer> EXPECT_WORKERS_MAX_WAIT = Option.integer("--expect-workers-max-wait")
        .env("LOCUST_EXPECT_WORKERS_MAX_WAIT").group(MASTER_GROUP).defaultValue(0).placeholder("SECONDS")
        .help("Give up when the workers are not there after so many seconds; 0 waits for ever").hiddenInWebUI();
    /** Distributes users anew when workers come or go. */
    public static final Option<Boolean> ENABLE_REBALANCING = Option.flag("--enable-rebalancing").group(MASTER_GROUP)
        .help("Distribute users anew when workers come or go in a running test; see --worker-loss").hiddenInWebUI();
    /** Says what becomes of a test that lost a worker. */
    public static final Option<String> WORKER_LOSS = Option.string("--worker-loss").choices("rebalance", "continue", "fail")
        .group(MASTER_GROUP).help("When a worker is lost: give its users to the others, go on without them, or stop the test and fail."
            + " Default: rebalance when all workers are Katydid's, else as --enable-rebalancing says")
        .hiddenInWebUI();
    /** Is how long a master waits for reports of what was spawned. */
    public static final Option<String> WAIT_FOR_REPORTS = Option.string("--wait-for-workers-report-after-ramp-up")
        .env("LOCUST_WAIT_FOR_WORKERS_REPORT_AFTER_RAMP_UP").group(MASTER_GROUP).defaultValue("1.0").placeholder("SECONDS")
        .help("Wait so long for the workers to say that their users are there; or a multiple, such as 1.25 * WORKER_REPORT_INTERVAL")
        .hidden().hiddenInWebUI();
    /** Makes this process a worker. */
    public static final Option<Boolean> WORKER = Option.flag("--worker").env("LOCUST_MODE_WORKER").group(WORKER_GROUP)
        .help("Be a worker: run the users a master tells it to").hiddenInWebUI();
    /** Starts several workers here. */
    public static final Option<Integer> PROCESSES = Option.integer("--processes").env("LOCUST_PROCESSES").group(WORKER_GROUP)
        .placeholder("N").help("Start N workers here, -1 for one per core, and a master unless --worker is given too").hiddenInWebUI();
    /** Is where the master of a worker is. */
    public static final Option<String> MASTER_HOST = Option.string("--master-host").env("LOCUST_MASTER_NODE_HOST").group(WORKER_GROUP)
        .defaultValue("127.0.0.1").placeholder("HOST").help("The master of this worker").hiddenInWebUI();
    /** Is the port of the master of a worker. */
    public static final Option<Integer> MASTER_PORT = Option.integer("--master-port").env("LOCUST_MASTER_NODE_PORT").group(WORKER_GROUP)
        .defaultValue(5557).placeholder("PORT").help("The port of the master of this worker").hiddenInWebUI();
    /** Is how long a worker rests after a stop. */
    public static final Option<Integer> REST_AFTER_STOP = Option.integer("--worker-additional-wait-before-ready-after-stop")
        .env("LOCUST_WORKER_ADDITIONAL_WAIT_BEFORE_READY_AFTER_STOP").group(WORKER_GROUP).defaultValue(0).placeholder("SECONDS")
        .help("Say so much later after a stop that the worker is ready again").hidden().hiddenInWebUI();
    /** Is the file with what master and workers know each other by. */
    public static final Option<String> CLUSTER_TOKEN_FILE = Option.string("--cluster-token-file").env("LOCUST_CLUSTER_TOKEN_FILE")
        .group(MASTER_GROUP).placeholder("FILE")
        .help(
            "A file with the secret that master and workers share, or KATYDID_CLUSTER_TOKEN with the secret itself: encrypts what they say, and refuses who lacks it")
        .hiddenInWebUI();

    /** Names the files that workers get with the script. */
    public static final Option<String> SHIP = Option.string("--ship").env("LOCUST_SHIP").group(MASTER_GROUP).placeholder("FILE,...")
        .help("Files and folders below the working folder that workers without a script of their own get with the master's")
        .hiddenInWebUI();

    private static final List<Option<?>> ALL = List.of(MASTER, MASTER_BIND_HOST, MASTER_BIND_PORT, EXPECT_WORKERS, EXPECT_WORKERS_MAX_WAIT,
        ENABLE_REBALANCING, WORKER_LOSS, WAIT_FOR_REPORTS, CLUSTER_TOKEN_FILE, SHIP, WORKER, PROCESSES, MASTER_HOST, MASTER_PORT,
        REST_AFTER_STOP);

    private ClusterOptions() {}

    /** Adds them all. */
    public static void addTo(OptionRegistry registry) {
        ALL.forEach(registry::add);
    }
}
