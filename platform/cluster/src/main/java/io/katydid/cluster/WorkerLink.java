package io.katydid.cluster;

import io.katydid.api.KatydidException;
import io.katydid.cluster.wire.CorruptMessage;
import io.katydid.cluster.wire.Security;
import io.katydid.cluster.wire.WireMessage;
import io.katydid.cluster.wire.WorkerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Is a worker's connection: one thread takes up what comes in, in its order, and another one speaks in time whatever the first is doing. */
final class WorkerLink implements AutoCloseable, WorkerSocket.Listener {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private final String clientId;
    private final Address master;
    private final ScheduledExecutorService taking = thread("katydid-worker");
    private final Backlog backlog = new Backlog(taking);
    private final ScheduledExecutorService speaking = thread("katydid-worker-speaks");
    /** Opens when plugins are ready for what the master may order. */
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch greeted = new CountDownLatch(1);
    private volatile Predicate<WireMessage> atOnce = _ -> false;
    private volatile @Nullable Consumer<WireMessage> receiver;
    private volatile @Nullable WorkerSocket socket;

    WorkerLink(String clientId, Address master) {
        this.clientId = clientId;
        this.master = master;
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name(name).factory());
    }

    String clientId() { return clientId; }

    /** Connects; {@code first} sees each message on the connection's own thread, must not wait, and tells whether that was all; the others are taken up one after the other. */
    void open(Security security, Predicate<WireMessage> first, Consumer<WireMessage> by) {
        atOnce = first;
        receiver = by;
        taking.execute(this::awaitReady);
        socket = WorkerSocket.connect(master.host(), master.port(), clientId, security, this);
    }

    /** Greets the master until it answers, or so often in vain that it is an error. */
    void greet(Pace pace) {
        for (int greeting = 0; greeting < pace.greetings(); greeting++) {
            ready();
            if (answered(pace.connect())) return;
            failed(master, pace, greeting);
            // A master of another make that still has a connection under this name, as after one that broke, hears none of the next one.
            if (greeting % 2 == 1) reconnect();
        }
        throw new NoMaster("The worker could not connect to a master at " + master + " within "
            + pace.connect().multipliedBy(pace.greetings()).toSeconds()
            + " s. Start the master, or give its address with --master-host and --master-port.");
    }

    /** Says that a greeting was in vain, quietly in the first half minute: the master may be starting too. */
    static void failed(Address master, Pace pace, int greeting) {
        var quiet = pace.connect().multipliedBy(greeting).compareTo(Duration.ofSeconds(30)) < 0;
        LOG.atLevel(quiet ? Level.DEBUG : Level.WARN)
            .log("Failed to connect to master {}, retry {}/{}.", master, greeting + 1, pace.greetings());
    }

    private boolean answered(Duration time) {
        try {
            return greeted.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KatydidException("The worker was interrupted while it waited for its master at " + master + ". Start it again.");
        }
    }

    /** Takes in that the master has answered. */
    void isGreeted() {
        greeted.countDown();
    }

    /** Takes up what has come and what comes, from now on. */
    void takeUp() {
        ready.countDown();
    }

    private void awaitReady() {
        try {
            ready.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that this worker is ready; −1 for the version is accepted by every master without a word. */
    void ready() {
        send("client_ready", -1L);
    }

    void send(String type, @Nullable Object data) {
        var open = socket;
        if (open != null) open.send(new WireMessage(type, data, clientId));
    }

    void reconnect() {
        var open = socket;
        if (open != null) open.reconnect();
    }

    /** Says something each so often; what was missed while the process was halted is not made up for. */
    void every(Duration period, Runnable work) {
        speaking.scheduleWithFixedDelay(() -> guarded(work), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Says something after so long. */
    void after(Duration delay, Runnable work) {
        try {
            speaking.schedule(() -> guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("The worker has ended before it was to speak");
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | LinkageError problem) {
            LOG.error("The worker failed to do its part: {}", problem.toString(), problem);
        }
    }

    @Override public void message(WireMessage message) {
        var by = receiver;
        if (by == null) return;
        if (atOnce.test(message)) return;
        if (!backlog.add(() -> guarded(() -> by.accept(message)))) LOG.debug("{} came after the end", message.type());
    }

    @Override public void corrupt(CorruptMessage why) {
        LOG.error("A corrupt message came from the master and is left out: {}", why.getMessage());
    }

    @Override public void broken(Exception why) {
        LOG.error("The connection to the master at {} failed and is made anew: {}", master, why.toString());
    }

    @Override public void close() {
        backlog.close();
        speaking.shutdownNow();
        taking.shutdownNow();
        var open = socket;
        if (open != null) open.close();
    }
}
