package io.katydid.cluster;

import io.katydid.api.event.ReportToMaster;
import io.katydid.cluster.report.Mark;
import io.katydid.cluster.report.Proof;
import io.katydid.cluster.report.ReportData;
import io.katydid.cluster.wire.Payload;
import io.katydid.kernel.run.KernelRun;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the master how the worker is and what it did. Any thread; one at a time reports. */
final class WorkerReports {
    /** Names how far the master's clock is ahead, in nanoseconds. */
    static final String CLOCK_OFFSET = "clock_offset";
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    /** A log that grows by more lines between two reports is not worth the line. */
    private static final int MOST_NEW_LINES = 70;
    private static final int MOST_FAULTS = 10;
    private static final int LONGEST_FAULT = 500;
    private static final int MOST_UNCONFIRMED = 1_000;
    /** A report that the master did not confirm for so long is sent again. */
    private static final Duration CONFIRMED = Duration.ofSeconds(5);
    private final WorkerRunnerImpl worker;
    private final WorkerLink link;
    private final long epoch = ClockOffset.now();
    private final SequencedMap<Long, Sent> unconfirmed = new LinkedHashMap<>();
    private final ClockOffset clock = new ClockOffset();
    private long sequence;
    private long requests;
    private long requestsOfRun;
    private long generation;
    private long run;
    private List<String> lastLog = List.of();
    private boolean logs = true;

    private record Sent(Map<String, @Nullable Object> data, long requests, long nanos) {}

    WorkerReports(WorkerRunnerImpl worker, WorkerLink link) {
        this.worker = worker;
        this.link = link;
    }

    ClockOffset clock() { return clock; }

    Peer peer() { return new Peer(worker.loops(), epoch); }

    void heartbeat() {
        var beat = new LinkedHashMap<String, @Nullable Object>();
        beat.put("state", worker.workerState().word());
        beat.put("current_cpu_usage", worker.cpuPercent());
        beat.put("current_memory_usage", worker.memory());
        if (worker.isOffered()) {
            beat.put("user_classes_count", Payload.toWire(worker.allCounts()));
            putMade(beat);
            beat.put(ClockOffset.SENT, ClockOffset.now());
            beat.put("faults", faults());
        }
        link.send("heartbeat", beat);
    }

    /** Gives what makes the figures of this worker doubtful. */
    private List<String> faults() {
        return worker.run().map(KernelRun::faults).orElse(List.of()).stream().limit(MOST_FAULTS)
            .map(text -> text.substring(0, Math.min(text.length(), LONGEST_FAULT))).toList();
    }

    /** Says how many requests the worker has made since it started, as of the last second, and how many of them the master has not confirmed. */
    private synchronized void putMade(Map<String, @Nullable Object> beat) {
        long sinceReport = Math.max(0, worker.home().statistics().total().numRequests() - requestsOfRun);
        beat.put("requests", requests + sinceReport);
        beat.put("unreported", sinceReport + unconfirmed.values().stream().mapToLong(Sent::requests).sum());
    }

    /** Reports what is new; what the master did not confirm goes along again. */
    synchronized void report() {
        var delta = worker.home().statistics().report();
        if (delta.generation() != generation) requestsOfRun = 0;
        generation = delta.generation();
        requestsOfRun += delta.total().requests();
        requests += delta.total().requests();
        var data = ReportData.of(delta, worker.allCounts(), new Mark(epoch, ++sequence, run));
        data.put(CLOCK_OFFSET, clock.nanos());
        var environment = worker.home().environment();
        environment.events().reportToMaster().fire(new ReportToMaster(environment, worker.clientId(), data));
        Map<String, @Nullable Object> wire = new LinkedHashMap<>();
        data.forEach((key, value) -> wire.put(key, Payload.toWire(value)));
        if (worker.isOffered()) {
            resend();
            if (unconfirmed.size() < MOST_UNCONFIRMED && !delta.isEmpty())
                unconfirmed.put(sequence, new Sent(wire, delta.total().requests(), System.nanoTime()));
        }
        link.send("stats", wire);
    }

    /** Says that all users are there. A report that counted them before goes first: the master keeps the numbers that came last. */
    synchronized void spawned() {
        var counts = worker.allCounts();
        int users = counts.values().stream().mapToInt(Integer::intValue).sum();
        link.send("spawning_complete", Payload.toWire(Map.of("user_classes_count", counts, "user_count", users)));
    }

    /** Takes the number of the run that is reported from now on. */
    synchronized void run(long number) {
        run = number;
    }

    /** Reports what is left of a test, waits a little until the master has all of it, and says what that should be in all. */
    void last() {
        report();
        if (!worker.isOffered()) return;
        synchronized (this) {
            long end = System.nanoTime() + CONFIRMED.toNanos();
            while (!unconfirmed.isEmpty() && end - System.nanoTime() > 0) {
                if (!pause()) break;
            }
            var totals = Proof.totals(worker.home().statistics().tallies(), generation);
            totals.put("run", run);
            link.send("katydid_totals", totals);
        }
    }

    private synchronized boolean pause() {
        try {
            wait(CONFIRMED.toMillis() / 10);
            return true;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void resend() {
        long old = System.nanoTime() - CONFIRMED.toNanos();
        unconfirmed.values().stream().filter(sent -> sent.nanos - old < 0).forEach(sent -> link.send("stats", sent.data));
    }

    /** Takes in that the master has a report. */
    synchronized void taken(Said confirmation) {
        confirmation.number("sequence").ifPresent(unconfirmed::remove);
        notifyAll();
    }

    /** Sends the log when it grew, unless it grows so fast that the master would hear of nothing else. */
    synchronized void logs() {
        if (!logs) return;
        var now = worker.home().logLines();
        if (now.isEmpty() || now.equals(lastLog)) return;
        int grown = now.size() - Math.max(0, now.lastIndexOf(lastLog.isEmpty() ? "" : lastLog.getLast()) + 1);
        if (!lastLog.isEmpty() && grown > MOST_NEW_LINES) {
            logs = false;
            LOG.warn("The worker's log grew by {} lines between two reports: the master gets no more of it. Look into the log here.",
                grown);
        }
        lastLog = now;
        link.send("logs", Map.of("worker_id", worker.clientId(), "logs", now));
    }
}
