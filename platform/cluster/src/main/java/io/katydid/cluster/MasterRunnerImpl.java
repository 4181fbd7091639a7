package io.katydid.cluster;

import io.katydid.api.KatydidException;
import io.katydid.api.MasterRunner;
import io.katydid.api.State;
import io.katydid.api.Worker;
import io.katydid.cluster.ship.Depot;
import io.katydid.cluster.ship.Goods;
import io.katydid.cluster.wire.Payload;
import io.katydid.cluster.wire.Security;
import io.katydid.kernel.run.Messages;
import io.katydid.kernel.run.Population;
import io.katydid.kernel.run.RunnerHome;
import io.katydid.kernel.run.TestRunner;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells workers how many users to run, and merges what they report. */
final class MasterRunnerImpl extends TestRunner implements MasterRunner {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private final Address address;
    private final Pace pace;
    private final Nodes nodes;
    private final MasterCrew crew;
    private final MasterLink link;
    private final Roll roll;
    private final MasterInbox inbox;
    private final Depot depot;
    /** Plans the test anew; never the link's thread, which has to hear the workers meanwhile. */
    private final ExecutorService planner = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("katydid-plan").factory());

    /** Is what a master is made of. */
    private record Parts(Nodes nodes, MasterLink link, Farewells farewells, MasterCrew crew) {

        static Parts of(RunnerHome home, Pace pace) {
            var nodes = new Nodes();
            var farewells = new Farewells();
            var link = new MasterLink();
            return new Parts(nodes, link, farewells, new MasterCrew(home, nodes, link, farewells, pace));
        }
    }

    static MasterRunnerImpl make(RunnerHome home, Address address, Pace pace, Goods goods) {
        return new MasterRunnerImpl(home, address, pace, goods, Parts.of(home, pace));
    }

    private MasterRunnerImpl(RunnerHome home, Address address, Pace pace, Goods goods, Parts parts) {
        super(home, new Population(home), parts.crew);
        this.address = address;
        this.pace = pace;
        nodes = parts.nodes;
        crew = parts.crew;
        link = parts.link;
        roll = new Roll(this, nodes, pace, parts.farewells);
        depot = new Depot(goods, link::send);
        inbox = new MasterInbox(this, nodes, roll, parts.farewells, depot);
    }

    @Override public void open() {
        var environment = home().environment();
        // What it cannot read is an error now, and not at the end of a ramp.
        ReportWait.of(environment.parsedOptions(), pace);
        var security = Token.of(environment.parsedOptions(), System.getenv());
        link.open(address, security, inbox);
        if (security instanceof Security.Open) sayOpen();
        link.watch(pace.heartbeat(), roll::look);
        home().events().spawningComplete()
            .addListener(event -> broadcast("spawning_complete", Map.of("user_count", (long) event.userCount())));
        home().events().testStop().addListener(_ -> roll.testEnded());
        LOG.debug("The master listens on {}:{}", address.host(), port());
    }

    private void sayOpen() {
        LOG.info(
            "The master's port {} is open to everybody who reaches it at {}: who does can join as a worker, read the script and falsify the"
                + " figures. Keep it in a network that only the test is in, or give master and workers a secret with {} or {}.",
            port(), address.host().equals("*") ? "any address of this machine" : address.host(), Token.VARIABLE,
            ClusterOptions.CLUSTER_TOKEN_FILE.name());
    }

    @Override public int port() { return link.port(); }

    Nodes nodes() { return nodes; }

    MasterCrew crew() { return crew; }

    void send(String clientId, String type, @Nullable Object data) {
        link.send(clientId, type, data);
    }

    private void broadcast(String type, @Nullable Object data) {
        nodes.listening().forEach(id -> link.send(id, type, data));
    }

    /** Plans the users anew for the workers there are now, soon. */
    void replan(boolean restart) {
        if (!isActive()) return;
        try {
            planner.execute(() -> plan(restart));
        } catch (RejectedExecutionException closed) {
            LOG.debug("The workers changed after the end");
        }
    }

    private void plan(boolean restart) {
        try {
            if (restart && state() == State.RUNNING) {
                int workers = nodes.usable().size();
                run().ifPresent(run -> run.mark("users distributed over " + workers + " workers"));
            }
            crewChanged(restart);
        } catch (RuntimeException problem) {
            LOG.error("The users could not be distributed anew: {}", problem.toString(), problem);
        }
    }

    @Override protected RunnerHome home() { return super.home(); }

    @Override protected Messages messages() { return super.messages(); }

    /** Stops the test soon, for the last worker is gone; and quits when nobody can start another one. */
    void lost(boolean quits) {
        if (quits && home().headless()) quitLater();
        else stopLater();
    }

    @Override public List<Worker> workers() {
        return nodes.usable().stream().<Worker>map(node -> node).toList();
    }

    @Override public List<Worker> allWorkers() {
        return nodes.all().stream().<Worker>map(node -> node).toList();
    }

    @Override protected Messages.Payloads payloads() { return WirePayloads.INSTANCE; }

    @Override public void sendMessage(String type) {
        broadcast(type, null);
    }

    @Override public void sendMessage(String type, Object data) {
        broadcast(type, Payload.toWire(data));
    }

    @Override public void sendMessage(String type, Object data, String clientId) {
        if (!nodes.listening().contains(clientId))
            throw new KatydidException("The message '" + type + "' cannot be sent: there is no worker '" + clientId
                + "'. Take an id from workers().");
        link.send(clientId, type, Payload.toWire(data));
    }

    @Override protected void leave() {
        nodes.listening().forEach(id -> link.send(id, "quit", null));
        roll.farewell();
    }

    @Override public void free() {
        super.free();
        planner.shutdownNow();
        depot.close();
        link.close();
    }

}
