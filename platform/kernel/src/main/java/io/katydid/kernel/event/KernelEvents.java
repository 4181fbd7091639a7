package io.katydid.kernel.event;

import io.katydid.api.EventDispatcher;
import io.katydid.api.EventHook;
import io.katydid.api.Events;
import io.katydid.api.Listener;
import io.katydid.api.Registration;
import io.katydid.api.RequestHook;
import io.katydid.api.StopTest;
import io.katydid.api.TaskSignal;
import io.katydid.api.event.CpuWarning;
import io.katydid.api.event.HeartbeatReceived;
import io.katydid.api.event.HeartbeatSent;
import io.katydid.api.event.Init;
import io.katydid.api.event.InitCommandLine;
import io.katydid.api.event.Quit;
import io.katydid.api.event.Quitting;
import io.katydid.api.event.ReportToMaster;
import io.katydid.api.event.ResetStats;
import io.katydid.api.event.Spawning;
import io.katydid.api.event.SpawningComplete;
import io.katydid.api.event.TaskStart;
import io.katydid.api.event.TestStart;
import io.katydid.api.event.TestStop;
import io.katydid.api.event.TestStopping;
import io.katydid.api.event.UsageMonitor;
import io.katydid.api.event.UserError;
import io.katydid.api.event.WorkerConnect;
import io.katydid.api.event.WorkerReport;
import io.katydid.api.spi.HookSupport;
import io.katydid.api.spi.Recorder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the hooks of one environment. */
public final class KernelEvents implements Events {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.event");
    private final Lineage lineage = new Lineage();
    private final ListenerFailures failures = new ListenerFailures();
    private final ListenerTimes times = new ListenerTimes();
    private volatile @Nullable EventDispatcher dispatcher;
    private final Support plain = new Support(false);
    private final Support reversed = new Support(true);
    private final EventHook<InitCommandLine> initCommandLineParser = new EventHook<>(plain);
    private final EventHook<Init> init = new EventHook<>(plain);
    private final EventHook<TestStart> testStart = new EventHook<>(plain);
    private final EventHook<TestStopping> testStopping = new EventHook<>(plain);
    private final EventHook<TestStop> testStop = new EventHook<>(plain);
    private final EventHook<Spawning> spawning = new EventHook<>(plain);
    private final EventHook<SpawningComplete> spawningComplete = new EventHook<>(plain);
    private final RequestHook request;
    private final EventHook<TaskStart> taskStart = new EventHook<>(plain);
    private final EventHook<UserError> userError = new EventHook<>(plain);
    private final EventHook<ResetStats> resetStats = new EventHook<>(plain);
    private final EventHook<Quitting> quitting = new EventHook<>(reversed);
    private final EventHook<Quit> quit = new EventHook<>(plain);
    private final EventHook<ReportToMaster> reportToMaster = new EventHook<>(plain);
    private final EventHook<WorkerReport> workerReport = new EventHook<>(plain);
    private final EventHook<WorkerConnect> workerConnect = new EventHook<>(plain);
    private final EventHook<HeartbeatSent> heartbeatSent = new EventHook<>(plain);
    private final EventHook<HeartbeatReceived> heartbeatReceived = new EventHook<>(plain);
    private final EventHook<CpuWarning> cpuWarning = new EventHook<>(plain);
    private final EventHook<UsageMonitor> usageMonitor = new EventHook<>(plain);

    /** Makes the hooks; the recorder serves {@code request().measure} and its kin. */
    public KernelEvents(Recorder recorder) {
        request = new RequestHook(new RequestSupport(), recorder);
    }

    /** Lets another dispatcher bring events to their listeners. */
    public void dispatcher(EventDispatcher other) {
        dispatcher = other;
    }

    /** Gives which compilations of the script follow which. */
    public Lineage lineage() { return lineage; }

    /** Forgets what listeners cost, so that those of a replaced script can go. */
    public void forget() {
        times.clear();
    }

    /** Tells whether a listener threw. */
    public boolean listenerFailed() { return failures.any(); }

    /** Says how often listeners threw. */
    public void summarise() {
        failures.summarise();
    }

    /** Fires where no task runs that a signal could end: a StopTest is given back for the caller to obey, any other is only logged. */
    public <E> Optional<StopTest> announce(EventHook<E> hook, E event) {
        try {
            hook.fire(event);
        } catch (StopTest signal) {
            return Optional.of(signal);
        } catch (TaskSignal signal) {
            LOG.warn("A listener of {} threw {}, which means nothing there. Throw StopTest to end the test.",
                event.getClass().getSimpleName(), signal.getClass().getSimpleName());
        }
        return Optional.empty();
    }

    private <E> void deliver(EventHook<E> hook, E event) {
        var other = dispatcher;
        if (other == null) {
            for (Listener<? super E> listener : hook.listeners()) call(listener, event);
        } else {
            // What a listener throws passes it; whoever fired the event is not to blame.
            call(told -> other.dispatch(hook, told), event);
        }
    }

    /** Calls one listener as a hook does. */
    public <E> void call(Listener<? super E> listener, E event) {
        try {
            listener.on(event);
        } catch (TaskSignal signal) {
            throw signal;
        } catch (Exception | LinkageError | AssertionError | StackOverflowError problem) {
            failures.add(listener, problem);
        }
    }

    private final class Support implements HookSupport {
        private final boolean reverse;

        Support(boolean reverse) {
            this.reverse = reverse;
        }

        @Override public <E> void fire(EventHook<E> hook, E event) {
            if (!reverse) {
                deliver(hook, event);
                return;
            }
            List<Listener<? super E>> backwards = hook.listeners().reversed();
            for (var listener : backwards) call(listener, event);
        }

        @Override public Registration own(Registration registration) { return Owner.own(registration); }
    }

    /** Calls request listeners, and looks at the clock at each 16th event only. */
    private final class RequestSupport implements HookSupport {
        private final AtomicLong count = new AtomicLong();

        @Override public <E> void fire(EventHook<E> hook, E event) {
            long before = count.getPlain();
            count.setPlain(before + 1);
            if (dispatcher != null || before % ListenerTimes.EVERY != 0) {
                deliver(hook, event);
                return;
            }
            for (Listener<? super E> listener : hook.listeners()) {
                long begin = System.nanoTime();
                call(listener, event);
                times.add(listener, System.nanoTime() - begin);
            }
        }

        @Override public Registration own(Registration registration) { return Owner.own(registration); }
    }

    @Override public EventHook<InitCommandLine> initCommandLineParser() { return initCommandLineParser; }

    @Override public EventHook<Init> init() { return init; }

    @Override public EventHook<TestStart> testStart() { return testStart; }

    @Override public EventHook<TestStopping> testStopping() { return testStopping; }

    @Override public EventHook<TestStop> testStop() { return testStop; }

    @Override public EventHook<Spawning> spawning() { return spawning; }

    @Override public EventHook<SpawningComplete> spawningComplete() { return spawningComplete; }

    @Override public RequestHook request() { return request; }

    @Override public EventHook<TaskStart> taskStart() { return taskStart; }

    @Override public EventHook<UserError> userError() { return userError; }

    @Override public EventHook<ResetStats> resetStats() { return resetStats; }

    @Override public EventHook<Quitting> quitting() { return quitting; }

    @Override public EventHook<Quit> quit() { return quit; }

    @Override public EventHook<ReportToMaster> reportToMaster() { return reportToMaster; }

    @Override public EventHook<WorkerReport> workerReport() { return workerReport; }

    @Override public EventHook<WorkerConnect> workerConnect() { return workerConnect; }

    @Override public EventHook<HeartbeatSent> heartbeatSent() { return heartbeatSent; }

    @Override public EventHook<HeartbeatReceived> heartbeatReceived() { return heartbeatReceived; }

    @Override public EventHook<CpuWarning> cpuWarning() { return cpuWarning; }

    @Override public EventHook<UsageMonitor> usageMonitor() { return usageMonitor; }
}
