package io.katydid.cluster;

import io.katydid.api.KatydidException;
import io.katydid.api.State;
import io.katydid.api.StopTest;
import io.katydid.api.User;
import io.katydid.api.WorkerRunner;
import io.katydid.cluster.wire.ClientId;
import io.katydid.cluster.wire.Payload;
import io.katydid.kernel.run.LocalCrew;
import io.katydid.kernel.run.Messages;
import io.katydid.kernel.run.Population;
import io.katydid.kernel.run.RunnerHome;
import io.katydid.kernel.run.TestRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs the users its master tells it to, in this process. */
final class WorkerRunnerImpl extends TestRunner implements WorkerRunner {
    private final Pace pace;
    private final WorkerLink link;
    private final WorkerReports reports;
    private volatile int index = -1;
    /** Is what the master knows this worker as: unlike the runner's own state it is ready again after a stop. */
    private volatile State workerState = State.READY;
    private volatile boolean offered;

    WorkerRunnerImpl(RunnerHome home, Address master, Pace pace) {
        this(home, new Population(home), master, pace);
    }

    private WorkerRunnerImpl(RunnerHome home, Population population, Address master, Pace pace) {
        super(home, population, new LocalCrew(home, population));
        this.pace = pace;
        link = new WorkerLink(ClientId.create(), master);
        home.statistics().keepReports();
        reports = new WorkerReports(this, link);
    }

    @Override public void open() {
        var inbox = new WorkerInbox(this, link, pace);
        link.open(Token.of(home().environment().parsedOptions(), System.getenv()), inbox::takeAtOnce, inbox::take);
        link.greet(pace);
        link.every(pace.heartbeat(), () -> {
            reports.heartbeat();
            inbox.look();
        });
        link.every(pace.report(), reports::report);
        if (pace.logs().isPositive()) {
            reports.logs();
            link.every(pace.logs(), reports::logs);
        }
    }

    @Override public void initialised() {
        link.takeUp();
    }

    @Override public int workerIndex() { return index; }

    /** Takes the number the master gives. */
    void index(int given) {
        index = given;
        link.isGreeted();
    }

    @Override public String clientId() { return link.clientId(); }

    State workerState() { return workerState; }

    void workerState(State next) {
        workerState = next;
    }

    /** Tells whether the master is Katydid's, so that it can be told more. */
    boolean isOffered() { return offered; }

    /** Takes in whether the master offers what goes beyond the reference. */
    void offered(boolean offers) {
        offered = offers;
        if (offers) link.send(Peer.TYPE, reports.peer().toWire());
    }

    @Override protected RunnerHome home() { return super.home(); }

    @Override protected Messages messages() { return super.messages(); }

    @Override protected Messages.Payloads payloads() { return WirePayloads.INSTANCE; }

    WorkerReports reports() { return reports; }

    /** Begins the test before users are ordered, and says so. */
    void prepareRun(long run) {
        reports.run(run);
        prepare();
        link.send("katydid_prepared", Map.of("run", run));
    }

    /** Has these users per class from now on. */
    void spawn(Map<String, Integer> counts) {
        workerState = State.SPAWNING;
        follow(counts);
    }

    /** Gives what one core's share of this process used, in percent: a worker with several loops is not too busy because it uses several cores. */
    @Override protected double cpuPercent() {
        return super.cpuPercent() / loops();
    }

    @Override protected int loops() { return super.loops(); }

    /** Gives the memory this process has in use, in bytes. */
    long memory() { return memoryBytes(); }

    @Override protected void spawned() {
        workerState = State.RUNNING;
        reports.spawned();
    }

    /** Gives the users of all classes, those of none too. */
    Map<String, Integer> allCounts() {
        var counts = new TreeMap<String, Integer>();
        home().environment().userClasses().forEach(type -> counts.put(type.name(), 0));
        counts.putAll(userCounts());
        return counts;
    }

    @Override protected void spawnedEverywhere(int userCount) {
        super.spawnedEverywhere(userCount);
    }

    @Override public void start(int userCount, double spawnRate) {
        throw refused("start(…)");
    }

    @Override public void start(int userCount, double spawnRate, List<Class<? extends User>> only) {
        throw refused("start(…)");
    }

    @Override public void startShape() {
        throw refused("startShape()");
    }

    private static KatydidException refused(String call) {
        return new KatydidException(call + " was called on a worker, which runs what its master tells it to. Call it on the master.");
    }

    /** Lets the master end the test when it can be told so; any other only loses this worker. */
    @Override public void stopTest(StopTest signal) {
        if (!offered) {
            super.stopTest(signal);
            return;
        }
        link.send("katydid_stop_test", Map.of("reason", signal.reason()));
    }

    @Override public void failed(Throwable problem) {
        var trace = new StringWriter();
        problem.printStackTrace(new PrintWriter(trace));
        var message = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        link.send("exception", Map.of("msg", message, "traceback", trace.toString()));
    }

    @Override public void sendMessage(String type) {
        link.send(type, null);
    }

    @Override public void sendMessage(String type, Object data) {
        link.send(type, Payload.toWire(data));
    }

    @Override protected void leave() {
        reports.last();
        link.send("quit", null);
    }

    /** Quits, for the thread that takes messages up. */
    void quitSoon() {
        quitLater();
    }

    @Override public void free() {
        super.free();
        link.close();
    }
}
