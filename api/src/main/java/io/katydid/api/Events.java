package io.katydid.api;

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

/**
 * Holds the hooks of one environment, one for each event of the reference. Two
 * environments share none.
 *
 * <p>
 * Order of a local run: {@code init}, {@code testStart}, {@code spawning} per
 * class and step, {@code spawningComplete}, any number of {@code request} and
 * {@code userError}, {@code testStopping}, {@code testStop}, {@code quitting}
 * (listeners in reverse order), {@code quit}.
 */
public interface Events {

    /** Fires when the command line is about to be parsed; add options here. */
    EventHook<InitCommandLine> initCommandLineParser();

    /**
     * Fires when runner and web UI exist. An exception ends the process with exit
     * code 1.
     */
    EventHook<Init> init();

    /**
     * Fires when a test starts; not when the number of users of a running test is
     * changed.
     */
    EventHook<TestStart> testStart();

    /** Fires when a stop begins, before users are stopped. */
    EventHook<TestStopping> testStopping();

    /**
     * Fires when all users have stopped and the last interval is in the statistics.
     */
    EventHook<TestStop> testStop();

    /** Fires for each user class before a step of the ramp starts users of it. */
    EventHook<Spawning> spawning();

    /**
     * Fires when the ramp has reached its target, also after each change of the
     * number of users.
     */
    EventHook<SpawningComplete> spawningComplete();

    /** Fires for each finished request, on the user's thread: do not block. */
    RequestHook request();

    /**
     * Fires before the code of each task, on the user's thread; a task set is
     * entered without. A signal of a listener counts as the task's: StopUser ends
     * the user instead.
     */
    EventHook<TaskStart> taskStart();

    /** Fires for each exception that left a task or a hook of a user. */
    EventHook<UserError> userError();

    /** Fires when statistics are reset by hand or by {@code --reset-stats}. */
    EventHook<ResetStats> resetStats();

    /**
     * Fires before the exit code is decided; listeners run in reverse order of
     * their registration.
     */
    EventHook<Quitting> quitting();

    /** Fires last, with the exit code. */
    EventHook<Quit> quit();

    /** Fires on a worker before each report; add your own data. */
    EventHook<ReportToMaster> reportToMaster();

    /** Fires on the master for each report of a worker. */
    EventHook<WorkerReport> workerReport();

    /** Fires on the master when a worker is ready. */
    EventHook<WorkerConnect> workerConnect();

    /** Fires on the master when it answers the heartbeat of a worker. */
    EventHook<HeartbeatSent> heartbeatSent();

    /** Fires on a worker when the heartbeat of its master arrives. */
    EventHook<HeartbeatReceived> heartbeatReceived();

    /** Fires for each sample of the process' CPU above 90 %. */
    EventHook<CpuWarning> cpuWarning();

    /** Fires every 10 s with the CPU and memory use of the process. */
    EventHook<UsageMonitor> usageMonitor();
}
