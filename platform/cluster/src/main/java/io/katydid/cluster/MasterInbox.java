package io.katydid.cluster;

import io.katydid.api.StopTest;
import io.katydid.cluster.ship.Depot;
import io.katydid.cluster.ship.Shipping;
import io.katydid.cluster.wire.CorruptMessage;
import io.katydid.cluster.wire.WireMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up what workers send, on the link's thread. */
final class MasterInbox implements MasterLink.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private final MasterRunnerImpl master;
    private final Nodes nodes;
    private final Roll roll;
    private final Reports reports;
    private final Depot depot;

    MasterInbox(MasterRunnerImpl master, Nodes nodes, Roll roll, Farewells farewells, Depot depot) {
        this.master = master;
        this.nodes = nodes;
        this.roll = roll;
        reports = new Reports(master, nodes, roll.losses(), farewells);
        this.depot = depot;
    }

    @Override public void message(String id, WireMessage message) {
        var data = Said.of(message.data());
        switch (message.type()) {
            case "client_ready" -> roll.ready(id, message.data());
            case Peer.TYPE -> roll.peer(id, data);
            case "heartbeat" -> roll.heartbeat(id, data);
            case "spawning" -> roll.spawning(id);
            case "spawning_complete" -> roll.spawned(id, data);
            case "stats" -> reports.take(id, message);
            case "exception" -> master.home().statistics().exception(data.text("msg").orElse(""), data.text("traceback").orElse(""), id);
            case "logs" -> nodes.logs().put(data.text("worker_id").orElse(id), data.texts("logs"));
            case "client_stopped" -> roll.stopped(id);
            case "quit" -> roll.quit(id);
            case "katydid_prepared" -> master.crew().prepared(id, data.number("run").orElse(0L));
            case "katydid_totals" -> reports.prove(id, message);
            case "katydid_stop_test" ->
                nodes.find(id).ifPresent(_ -> master.stopTest(new StopTest(data.text("reason").orElse("A worker asks for it."))));
            case Shipping.REQUEST -> depot.script(id, message.data());
            case Shipping.CHUNK -> depot.chunk(id, message.data());
            default -> custom(id, message);
        }
    }

    private void custom(String id, WireMessage message) {
        if (master.messages().receive(message.type(), message.data(), id)) return;
        LOG.warn("Unknown message type received from worker {} (index {}): {}", id, nodes.index(id), message.type());
    }

    @Override public void corrupt(String id, CorruptMessage why) {
        if (nodes.find(id).isEmpty()) {
            LOG.error("Unrecognized message detected: {}", why.getMessage());
            return;
        }
        LOG.error("Corrupt message from worker {} (index {}); it is asked to connect anew: {}", id, nodes.index(id), why.getMessage());
        master.send(id, "reconnect", null);
    }
}
