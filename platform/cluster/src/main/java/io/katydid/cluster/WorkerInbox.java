package io.katydid.cluster;

import io.katydid.api.KatydidException;
import io.katydid.api.State;
import io.katydid.api.event.HeartbeatReceived;
import io.katydid.cluster.wire.WireMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up what the master sends, on the link's thread: in the order it came, also when a listener or handler takes long. */
final class WorkerInbox {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private static final int MOST_USERS = 10_000_000;
    private final WorkerRunnerImpl worker;
    private final WorkerLink link;
    private final Pace pace;
    private volatile double lastOrder = Double.NEGATIVE_INFINITY;
    /** Counts looks since the master was heard: unlike the time they stand still while this process is halted. */
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile long heardNanos;
    private volatile boolean heard;

    WorkerInbox(WorkerRunnerImpl worker, WorkerLink link, Pace pace) {
        this.worker = worker;
        this.link = link;
        this.pace = pace;
    }

    /** Takes up what waits for nobody; tells whether that was all of it. */
    boolean takeAtOnce(WireMessage message) {
        var data = Said.of(message.data());
        switch (message.type()) {
            case "ack" -> greeted(data);
            case "katydid_ack" -> worker.reports().taken(data);
            case "heartbeat" -> {
                heard();
                worker.reports().clock().take(data);
                return false;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    void take(WireMessage message) {
        var data = Said.of(message.data());
        switch (message.type()) {
            case "katydid_prepare" -> prepare(data);
            case "spawn" -> spawn(data);
            case "spawning_complete" -> worker
                .spawnedEverywhere((int) Math.clamp(data.number("user_count").orElse(0L), 0, Integer.MAX_VALUE));
            case "stop" -> stop();
            case "quit" -> {
                LOG.debug("Got quit message from master, shutting down...");
                worker.quitSoon();
            }
            case "reconnect" -> link.reconnect();
            case "heartbeat" -> heartbeat();
            case "update_user_class" -> update(data.all());
            default -> {
                if (!worker.messages().handle(message.type(), message.data(), "master"))
                    LOG.warn("Unknown message type received: {}", message.type());
            }
        }
    }

    private void greeted(Said answer) {
        worker.index((int) Math.clamp(answer.number("index").orElse(-1L), -1, Integer.MAX_VALUE));
        // Another master begins anew, and its clock may be behind.
        lastOrder = Double.NEGATIVE_INFINITY;
        worker.offered(answer.all().containsKey(Peer.TYPE));
        // A master of Katydid will answer heartbeats, so that it is missed from now on; others may not.
        if (worker.isOffered()) heard();
    }

    private void heard() {
        heardNanos = System.nanoTime();
        unanswered.set(0);
        heard = true;
    }

    private void spawn(Said order) {
        link.send("spawning", null);
        double timestamp = order.decimal("timestamp").orElse(0.0);
        if (timestamp <= lastOrder) {
            LOG.info("Discard spawn message with older or equal timestamp than timestamp of previous spawn message");
            return;
        }
        lastOrder = timestamp;
        var counts = order.counts("user_classes_count");
        if (counts.isEmpty()) {
            LOG.error(
                "A spawn message of the master says no user_classes_count and is left out. Look whether the master is one of Locust 2.");
            return;
        }
        obey(order);
        order.number("run").ifPresent(worker.reports()::run);
        known(counts.get()).ifPresent(worker::spawn);
    }

    private void prepare(Said order) {
        if (worker.isActive()) {
            LOG.info("The master begins a test; the one that runs here is of a master that is gone, and is ended.");
            worker.stop();
        }
        obey(order);
        worker.prepareRun(order.number("run").orElse(0L));
    }

    /** Takes over what is the same for all workers. */
    private void obey(Said order) {
        var timeout = order.decimal("stop_timeout").filter(seconds -> seconds > 0 && seconds < 1e9)
            .map(seconds -> Duration.ofMillis((long) (seconds * 1000)));
        worker.home().ordered(order.text("host").filter(host -> !host.isEmpty()), timeout,
            WireOptions.fromWire(order.fields("parsed_options")));
    }

    private Optional<Map<String, Integer>> known(Map<String, Integer> counts) {
        var names = worker.home().environment().userClasses().stream().map(type -> type.name()).toList();
        var unknown = counts.entrySet().stream().filter(wanted -> wanted.getValue() > 0).map(Map.Entry::getKey)
            .filter(name -> !names.contains(name)).sorted().toList();
        long users = counts.values().stream().mapToLong(Integer::longValue).sum();
        if (users > MOST_USERS) {
            LOG.error("The master orders {} users, and a worker takes at most {}: the order is left out. Give the test more workers.",
                users,
                MOST_USERS);
            return Optional.empty();
        }
        if (unknown.isEmpty()) return Optional.of(counts);
        LOG.error("The master orders users of {}, which this worker's script does not have: it has {}. Give both the same script.", unknown,
            names);
        return Optional.empty();
    }

    private void stop() {
        worker.stop();
        worker.reports().last();
        link.send("client_stopped", null);
        var environment = worker.home().environment();
        int rest = environment.parsedOptions().find(ClusterOptions.REST_AFTER_STOP).orElse(0);
        link.after(worker.isOffered() ? Duration.ofSeconds(rest) : environment.stopTimeout().orElse(Duration.ZERO).plusSeconds(rest),
            () -> {
                worker.workerState(State.READY);
                link.ready();
            });
    }

    private void heartbeat() {
        var environment = worker.home().environment();
        environment.events().heartbeatReceived().fire(new HeartbeatReceived(environment, worker.clientId(), Instant.now()));
    }

    private void update(Map<String, Object> settings) {
        try {
            worker.home().updateUserClass(settings);
        } catch (KatydidException | ClassCastException unfit) {
            LOG.error("The master's change of a user class is left out: {}", unfit.getMessage());
        }
    }

    /**
     * A master of Katydid that does not answer may be another one now, or have forgotten this worker. After a while the network may have been down: then the
     * next try of a connection that was cut is as far away as the cut was long, and a new one is quicker. What waits in the old one is lost; reports are sent
     * again until they are confirmed.
     */
    private void greetAgain() {
        int looks = unanswered.incrementAndGet();
        if (!worker.isOffered() || looks % pace.unanswered() != 0) return;
        boolean anew = looks > pace.unanswered();
        LOG.info("The master has not answered for {} heartbeats: it is greeted again{}.", looks, anew ? ", over a new connection" : "");
        if (anew) link.reconnect();
        link.ready();
    }

    /** Looks whether the master is still there; only a master that answers heartbeats is missed. */
    void look() {
        if (!heard) return;
        if (System.nanoTime() - heardNanos < pace.masterSilence().toNanos()) {
            greetAgain();
            return;
        }
        heard = false;
        LOG.error("Didn't get heartbeat from master in over {}s", pace.masterSilence().toSeconds());
        worker.quitSoon();
    }
}
