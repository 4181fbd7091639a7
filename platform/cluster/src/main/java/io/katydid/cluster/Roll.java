package io.katydid.cluster;

import io.katydid.api.State;
import io.katydid.api.event.HeartbeatSent;
import io.katydid.api.event.WorkerConnect;
import io.katydid.cluster.ship.Shipping;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows who is there: workers that come, go, fall silent and are heard again. On the link's thread. */
final class Roll {
    /** Is the version of the reference whose protocol this is. */
    static final String REFERENCE = Shipping.REFERENCE;
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private static final double BUSY_PERCENT = 90;
    private final MasterRunnerImpl master;
    private final Nodes nodes;
    private final Pace pace;
    private final Farewells farewells;
    private final Losses losses;
    private volatile boolean busySeen;

    Roll(MasterRunnerImpl master, Nodes nodes, Pace pace, Farewells farewells) {
        this.master = master;
        this.nodes = nodes;
        this.pace = pace;
        this.farewells = farewells;
        losses = new Losses(master, pace);
    }

    Losses losses() { return losses; }

    /** Takes a greeting. Another version is no reason to refuse; none at all is. */
    void ready(String id, @Nullable Object version) {
        if (version == null || version.equals("") || version.equals(0L) || version.equals(false)) {
            LOG.error("An old (pre 2.0) worker tried to connect ({}). That's not going to work.", id);
            return;
        }
        if (version instanceof String text && !text.equals(REFERENCE)) otherVersion(id, text);
        if (!(version instanceof String) && !version.equals(-1L)) {
            LOG.error("The worker {} says that its version is {}, which is neither a text nor -1. It is not taken in.", id, version);
            return;
        }
        var joined = nodes.join(id, pace.liveness());
        if (joined.isEmpty()) {
            LOG.error("The worker {} is not taken in: there are {} already, and a master takes no more.", id, Nodes.MAX);
            return;
        }
        farewells.greeted(id);
        // It may greet because it was not answered, before it is heard again in any other way.
        losses.back(joined.get());
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("index", (long) joined.get().index());
        answer.put(Peer.TYPE, true);
        master.send(id, "ack", answer);
        var environment = master.home().environment();
        environment.events().workerConnect().fire(new WorkerConnect(environment, id));
        LOG.info("{} (index {}) reported as ready. {} workers connected.", id, joined.get().index(), nodes.usable().size());
        master.replan(true);
    }

    private static void otherVersion(String id, String version) {
        boolean patch = version.length() >= 4 && version.substring(0, 4).equals(REFERENCE.substring(0, 4));
        if (patch)
            LOG.debug("A worker ({}) running a different patch version ({}) connected, master version is {}", id, version, REFERENCE);
        else
            LOG.warn("A worker ({}) running a different version ({}) connected, master version is {}", id, version, REFERENCE);
    }

    /** Takes what a worker of Katydid says about itself. */
    void peer(String id, Said said) {
        nodes.peer(id, Peer.of(said));
    }

    void heartbeat(String id, Said beat) {
        var known = nodes.find(id);
        if (known.isEmpty()) {
            LOG.debug("Got heartbeat message from unknown worker {}", id);
            return;
        }
        var node = known.get();
        node.lives(pace.liveness());
        var state = state(beat.text("state").orElse("")).orElse(node.state());
        boolean back = node.isMissing();
        if (!back || state != State.MISSING) node.become(state);
        node.uses(beat.decimal("current_cpu_usage").orElse(0.0), beat.number("current_memory_usage").orElse(0L));
        if (back) healed(node, beat);
        losses.heard(node, beat);
        busy(node);
        master.send(id, "heartbeat", beat.number(ClockOffset.SENT).map(ClockOffset::answer).orElse(null));
        var environment = master.home().environment();
        environment.events().heartbeatSent().fire(new HeartbeatSent(environment, id, Instant.now()));
    }

    private void healed(Node node, Said beat) {
        LOG.info("Worker {} self-healed with heartbeat, setting state to {}.", node.id(), node.state().word());
        beat.counts("user_classes_count").ifPresent(node::users);
        losses.back(node);
        master.replan(true);
    }

    private void busy(Node node) {
        if (!node.becomesBusy(BUSY_PERCENT)) return;
        busySeen = true;
        LOG.warn("Worker {} (index {}) exceeded cpu threshold (will only log this once per worker)", node.id(), node.index());
    }

    /** Says at the end of a test that a worker was too busy. */
    void testEnded() {
        if (busySeen) LOG.warn("CPU usage threshold was exceeded on workers during the test!");
        busySeen = false;
    }

    private static Optional<State> state(String word) {
        for (var state : State.values()) {
            if (state.word().equals(word.toLowerCase(Locale.ROOT))) return Optional.of(state);
        }
        return Optional.empty();
    }

    void spawning(String id) {
        var known = nodes.find(id);
        known.ifPresent(node -> node.become(State.SPAWNING));
        if (known.isPresent()) return;
        LOG.warn("Got spawning message from unknown worker {}. Asking worker to quit.", id);
        master.send(id, "quit", null);
    }

    void spawned(String id, Said said) {
        var known = nodes.find(id);
        if (known.isEmpty()) {
            LOG.warn("Got spawning_complete message from unknown worker {}. It is left out.", id);
            return;
        }
        known.get().become(State.RUNNING);
        said.counts("user_classes_count").ifPresent(known.get()::users);
        master.crew().look();
    }

    void stopped(String id) {
        if (nodes.find(id).isEmpty()) {
            LOG.warn("Received client_stopped message from an unknown worker: {}.", id);
            return;
        }
        LOG.info("Worker {} (index {}) reported that it has stopped, removing from running workers", id, nodes.index(id));
        nodes.rest(id);
        farewells.stopped(id);
        master.replan(true);
    }

    void quit(String id) {
        farewells.gone(id);
        var known = nodes.find(id);
        nodes.remove(id);
        if (known.isEmpty()) return;
        losses.left(known.get());
        LOG.info("Worker {} (index {}) quit. {} workers ready.", id, nodes.index(id), nodes.in(State.READY).size());
        master.run().filter(_ -> master.isActive()).ifPresent(run -> run.mark("worker " + id + " quit"));
        master.replan(true);
        if (!nodes.usable().isEmpty() || !master.isActive()) return;
        LOG.info("The last worker quit, stopping test.");
        master.lost(true);
    }

    /** Looks at all workers, each so often: one that has not been heard of is missing, and after a long time forgotten. */
    void look() {
        boolean forgotten = false;
        for (var node : nodes.all()) {
            if (node.isMissing() && node.lives() <= pace.dead()) {
                nodes.remove(node.id());
                forgotten = true;
            } else if (node.lives() < 0 && !node.isMissing()) {
                missing(node);
            } else {
                node.lives(node.lives() - 1);
            }
        }
        if (forgotten) master.replan(true);
        master.crew().look();
    }

    private void missing(Node node) {
        LOG.info("Worker {} failed to send heartbeat, setting state to missing.", node.id());
        node.become(State.MISSING);
        node.users(Map.of());
        farewells.gone(node.id());
        losses.lost(node);
        if (nodes.usable().isEmpty()) {
            if (!master.isActive()) return;
            LOG.info("The last worker went missing, stopping test.");
            master.lost(false);
            return;
        }
        switch (losses.policy(nodes.allPeers())) {
            case REBALANCE -> master.replan(true);
            case CONTINUE -> master.replan(false);
            case FAIL -> losses.fail(node);
        }
    }

    /** Waits, shortly, until all workers have said that they quit. */
    void farewell() {
        nodes.listening().forEach(id -> farewells.expect(id, true));
        farewells.await(pace.farewell().toNanos(), 0);
    }
}
