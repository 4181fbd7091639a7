package io.katydid.cluster;

import io.katydid.cluster.wire.CorruptMessage;
import io.katydid.cluster.wire.MasterSocket;
import io.katydid.cluster.wire.Security;
import io.katydid.cluster.wire.WireMessage;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is a master's port, and the one thread on which everything that comes in is taken up. */
final class MasterLink implements AutoCloseable, MasterSocket.Listener {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.cluster");
    private final ScheduledExecutorService thread = Executors
        .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("katydid-master").factory());
    private final Backlog backlog = new Backlog(thread);
    private volatile @Nullable Receiver receiver;
    private volatile @Nullable MasterSocket socket;

    /** Takes up what comes in, on the link's thread. */
    interface Receiver {

        void message(String clientId, WireMessage message);

        void corrupt(String clientId, CorruptMessage why);
    }

    /** Opens the port; what comes in is the receiver's from now on. */
    void open(Address address, Security security, Receiver by) {
        receiver = by;
        socket = MasterSocket.bind(address.host(), address.port(), security, this);
    }

    int port() {
        var open = socket;
        return open == null ? -1 : open.port();
    }

    void send(String clientId, String type, @Nullable Object data) {
        var open = socket;
        if (open != null) open.send(clientId, new WireMessage(type, data, clientId));
    }

    /**
     * Watches each so often, on the link's thread, who has not been heard; not while the socket is at one message for longer than that, and what was missed while the process
     * was halted is not made up for: the heartbeats of that time are still to be taken up.
     */
    void watch(Duration period, Runnable look) {
        Runnable fair = () -> {
            var open = socket;
            if (open == null || open.takingFor().compareTo(period) <= 0) look.run();
        };
        thread.scheduleWithFixedDelay(() -> guarded("its watch", fair), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void takeUp(String what, Runnable work) {
        if (!backlog.add(() -> guarded(what, work))) LOG.debug("{} came after the end", what);
    }

    private static void guarded(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | LinkageError problem) {
            LOG.error("The master could not take up {}: {}", what, problem.toString(), problem);
        }
    }

    @Override public void message(String clientId, WireMessage message) {
        takeUp(message.type() + " of " + clientId, () -> receiver().message(clientId, message));
    }

    @Override public void corrupt(String clientId, CorruptMessage why) {
        takeUp("a corrupt message", () -> receiver().corrupt(clientId, why));
    }

    private Receiver receiver() { return Objects.requireNonNull(receiver, "open() gives it before anything comes in"); }

    @Override public void broken(Exception why) {
        LOG.error("The master's port failed and is opened anew: {}", why.toString());
    }

    @Override public void close() {
        backlog.close();
        var open = socket;
        if (open != null) open.close();
        thread.shutdownNow();
    }
}
