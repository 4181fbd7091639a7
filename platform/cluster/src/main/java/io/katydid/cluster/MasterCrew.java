package io.katydid.cluster;

import io.katydid.api.State;
import io.katydid.api.UserClass;
import io.katydid.api.UserDispatcher;
import io.katydid.api.Worker;
import io.katydid.kernel.run.Crew;
import io.katydid.kernel.run.KernelRun;
import io.katydid.kernel.run.Ramp;
import io.katydid.kernel.run.RunnerHome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the users run by workers: each step of a ramp is an order to each of them, with the number of users per class that it is to have. */
final class MasterCrew implements Crew {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private static final double HIGH_RATE = 100;
    private static final Duration PREPARATION = Duration.ofSeconds(30);
    private final RunnerHome home;
    private final Nodes nodes;
    private final MasterLink link;
    private final Farewells farewells;
    private final Pace pace;
    private double lastTimestamp;
    private volatile long number;
    private volatile Barrier barrier = new Barrier();
    private volatile Map<String, Integer> target = Map.of();
    private volatile @Nullable Ramp ramping;

    MasterCrew(RunnerHome home, Nodes nodes, MasterLink link, Farewells farewells, Pace pace) {
        this.home = home;
        this.nodes = nodes;
        this.link = link;
        this.farewells = farewells;
        this.pace = pace;
    }

    @Override public List<String> workers() { return nodes.usable().stream().map(Worker::id).toList(); }

    /** Gives each worker's cores when all are known: those that are not Katydid's do not tell theirs. */
    @Override public Map<String, Integer> weights() {
        if (!nodes.allPeers()) return Map.of();
        return nodes.usable().stream().collect(Collectors.toMap(Node::id, node -> node.peer().map(Peer::cores).orElse(1)));
    }

    @Override public int count() { return nodes.count(); }

    @Override public Map<String, Integer> counts() { return nodes.counts(); }

    /** Gives the users per class that were ordered last. */
    Map<String, Integer> target() { return target; }

    @Override public boolean ready() {
        if (!nodes.usable().isEmpty()) return true;
        LOG.warn("You can't start a distributed test before at least one worker processes has connected");
        return false;
    }

    @Override public void ordered(int userCount, double spawnRate) {
        int workers = nodes.usable().size();
        LOG.info("Sending spawn jobs of {} users at {} spawn rate to {} ready workers", userCount,
            String.format(Locale.ROOT, "%.2f", spawnRate), workers);
        if (spawnRate / workers > HIGH_RATE) {
            LOG.warn(
                "Your selected total spawn rate is quite high (>100/s per worker), and this is known to sometimes cause issues with workers"
                    + " that are not Katydid's. Do you really need to ramp up that fast?");
        }
    }

    @Override public void open(KernelRun run) {
        target = Map.of();
        number = run.startTime().toEpochMilli();
        barrier = new Barrier();
    }

    /** Gives the number of the present run, or of the last one: reports of another are not of it. */
    long number() { return number; }

    /** Takes in that a worker is prepared for the run. */
    void prepared(String id, long run) {
        if (run == number) barrier.reached(id);
        look();
    }

    @Override public boolean take(Ramp ramp, UserDispatcher.Step step) {
        ramping = ramp;
        if (!barrier.isOpen() && !prepare(ramp)) return false;
        var sum = new TreeMap<String, Integer>();
        var all = home.environment().userClasses().stream().map(UserClass::name).toList();
        var options = WireOptions.toWire(home.environment().parsedOptions());
        step.users().forEach((worker, counts) -> {
            if (ramp.isCancelled()) return;
            var perClass = new TreeMap<String, Long>();
            all.forEach(name -> perClass.put(name, 0L));
            counts.forEach((name, users) -> {
                perClass.put(name, (long) users);
                sum.merge(name, users, Integer::sum);
            });
            link.send(worker, "spawn",
                nodes.find(worker).flatMap(Node::peer).isPresent() ? orderOfRun(perClass, options) : order(perClass, options));
        });
        target = Map.copyOf(sum);
        LOG.debug("Sending spawn messages for {} total users to {} worker(s)", sum.values().stream().mapToInt(Integer::intValue).sum(),
            step.users().size());
        return !ramp.isCancelled();
    }

    /** Lets Katydid's workers begin the test, listeners of test_start and all, before users start on any of them; others begin with their first users. */
    private boolean prepare(Ramp ramp) {
        var at = barrier;
        for (var node : nodes.usable()) {
            if (node.peer().isEmpty()) continue;
            at.expect(node.id());
            link.send(node.id(), "katydid_prepare", orderOfRun(Map.of(), WireOptions.toWire(home.environment().parsedOptions())));
        }
        if (!ramp.await(System.nanoTime() + PREPARATION.toNanos(), () -> at.isReached(nodes))) return false;
        var late = at.missing(nodes);
        if (!late.isEmpty()) {
            LOG.warn("{} did not say within {} s that their listeners of test_start are done; users start on the others without them.",
                late,
                PREPARATION.toSeconds());
        }
        at.open();
        return true;
    }

    private Map<String, @Nullable Object> order(Map<String, Long> perClass, Map<String, @Nullable Object> options) {
        var order = new LinkedHashMap<String, @Nullable Object>();
        order.put("timestamp", timestamp());
        order.put("user_classes_count", perClass);
        order.put("host", home.environment().host().orElse(null));
        order.put("stop_timeout", home.environment().stopTimeout().orElse(Duration.ZERO).toMillis() / 1000.0);
        order.put("parsed_options", options);
        return order;
    }

    /** Tells a worker of Katydid, beside the order, which run it is of. */
    private Map<String, @Nullable Object> orderOfRun(Map<String, Long> perClass, Map<String, @Nullable Object> options) {
        var order = order(perClass, options);
        order.put("run", number);
        return order;
    }

    /** Gives seconds of the epoch that rise with each call: a worker leaves an order out that is not newer than the one before. */
    private synchronized double timestamp() {
        lastTimestamp = Math.max(System.currentTimeMillis() / 1000.0, Math.nextUp(lastTimestamp));
        return lastTimestamp;
    }

    /** Lets a waiting ramp look at what workers have said. */
    void look() {
        var ramp = ramping;
        if (ramp != null) ramp.wake();
    }

    @Override public void settle(Ramp ramp) {
        var time = ReportWait.of(home.environment().parsedOptions(), pace);
        ramp.await(System.nanoTime() + time.toNanos(), this::isAsOrdered);
        if (!ramp.isCancelled() && !isAsOrdered()) {
            LOG.info("Spawning is complete and report waittime is expired, but not all reports received from workers: {}", nodes.counts());
        }
    }

    private boolean isAsOrdered() {
        var there = nodes.counts();
        return target.entrySet().stream().allMatch(wanted -> there.getOrDefault(wanted.getKey(), 0).equals(wanted.getValue()));
    }

    @Override public State ending() { return State.STOPPING; }

    @Override public void end() {
        ramping = null;
        for (var node : nodes.all()) {
            if (!node.isMissing()) farewells.expect(node.id(), node.peer().isPresent());
            link.send(node.id(), "stop", null);
        }
        var patience = home.environment().stopTimeout().orElse(Duration.ZERO).plus(pace.stopGrace());
        var late = farewells.await(patience.toNanos(), pace.report().multipliedBy(2).toNanos());
        if (!late.isEmpty())
            LOG.error("Timeout waiting for all workers to stop: {} did not say within {} s that their users have ended.", late,
                patience.toSeconds());
    }
}
