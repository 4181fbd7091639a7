package io.katydid.api;

import io.katydid.api.cli.ParsedOptions;
import io.katydid.api.stats.RequestStats;
import io.katydid.api.web.WebUI;
import io.katydid.api.web.WebUIOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Holds one test: its user classes, events, statistics, options and runner. Two
 * environments in one process share nothing.
 *
 * <pre>{@code
 * try (var environment = Katydid.environment(BrowseUser.class).build(); var runner = environment.createLocalRunner()) {
 *     environment.init();
 *     runner.start(10, 2);
 * }
 * }</pre>
 *
 * <p>
 * Implemented by the kernel only. Any thread.
 */
public interface Environment extends AutoCloseable {

    /** Gives the hooks of this environment. */
    Events events();

    /**
     * Gives the statistics; each reading shows the newest snapshot, at most a
     * second old.
     */
    RequestStats stats();

    /** Gives the runner; an error before one was created. */
    Runner runner();

    /** Gives the values of all options. */
    ParsedOptions parsedOptions();

    /** Gives the table of the console's additions; empty when headless. */
    Optional<WebUI> webUI();

    /** Gives the descriptions of the user classes, by name. */
    List<UserClass> userClasses();

    /**
     * Replaces the user classes, for library use; an error while a test runs or
     * when two have one name.
     */
    void userClasses(List<Class<? extends User>> classes);

    /** Gives the load shape. */
    Optional<LoadTestShape> shapeClass();

    /**
     * Sets or, with empty, removes the load shape; for library use and the
     * console's picker.
     */
    void shapeClass(Optional<LoadTestShape> shape);

    /**
     * Gives the base URL for all users, when the command line, the console or a
     * script set one.
     */
    Optional<String> host();

    /** Sets the base URL for all users of the next start. */
    void host(String host);

    /**
     * Gives the labels that are attached to the statistics output; the seed's
     * {@code tags} dictionary.
     */
    Map<String, String> labels();

    /**
     * Tells whether an exception in a task is logged and the user goes on
     * (default), or ends that user.
     */
    boolean catchExceptions();

    /** Gives how long a stop waits for running tasks; empty means not at all. */
    Optional<Duration> stopTimeout();

    /** Gives the exit code that a script decided on. */
    OptionalInt processExitCode();

    /** Decides the exit code of the process, whatever failed. */
    void processExitCode(int code);

    /** Gives the present or the last run. */
    Optional<Run> run();

    /** Gives how often each task is picked, per user class and in all. */
    TaskRatios taskRatios();

    /** Creates the runner of a single process; a second runner is an error. */
    LocalRunner createLocalRunner();

    /** Creates a master that listens on all addresses, port 5557. */
    MasterRunner createMasterRunner();

    /** Creates a master that listens on an address and port. */
    MasterRunner createMasterRunner(String bindHost, int bindPort);

    /**
     * Creates a worker of a master and waits until that answers, up to 5 minutes. It
     * takes orders when {@link #init} has been called.
     */
    WorkerRunner createWorkerRunner(String masterHost, int masterPort);

    /**
     * Creates the console on all its defaults: loopback, port 8089, started at
     * once.
     */
    WebUI createWebUI();

    /** Creates the console on an address and port, started at once. */
    WebUI createWebUI(String host, int port);

    /** Creates the console. */
    WebUI createWebUI(WebUIOptions options);

    /**
     * Runs {@link Plugin#init} of all plugins and fires {@code init}; for library
     * use, once, after runner and console were created. An error when a plugin or a
     * listener fails.
     */
    void init();

    /**
     * Gives the one object of this name, made at the first call and closed with the
     * environment when it is {@link AutoCloseable}: pools, counters, test data.
     * What must survive a hot reload belongs here, in a type of the API, the JDK or
     * a bundle.
     */
    <T> T shared(String name, Class<T> type, Supplier<? extends T> make);

    /**
     * Does background work at a fixed pace on a thread of the platform until the
     * owner is unloaded; an exception is logged and the work goes on.
     */
    Registration every(Duration period, ThrowingRunnable work);

    /** Stops a running test, closes the runner, the console and all plugins. */
    @Override void close();
}
