package io.katydid.launcher;

import io.katydid.api.cli.ParsedOptions;
import io.katydid.cluster.ClusterOptions;
import java.util.List;

/** Is what a process is in a test that several run together. */
enum Role {
    /** Runs all users itself. */
    LOCAL,
    /** Tells workers what to run. */
    MASTER,
    /** Runs what a master tells it to. */
    WORKER,
    /** Starts workers and waits for them. */
    PARENT;

    /** Says that the process was started by another one that shares its work. */
    static final String CHILD = "katydid.child";

    private static final String CHILD_OF_MASTER = "katydid.child.of.master";

    /** Gives the arguments of the JVM by which a process that is started knows whose child it is. */
    static List<String> child(boolean ofMaster) {
        return ofMaster ? List.of("-D" + CHILD + "=true", "-D" + CHILD_OF_MASTER + "=true") : List.of("-D" + CHILD + "=true");
    }

    /** Tells whether the process that started this one is its master. */
    static boolean isChildOfMaster() {
        return Boolean.getBoolean(CHILD_OF_MASTER);
    }

    static Role of(ParsedOptions options) {
        boolean master = options.get(ClusterOptions.MASTER);
        boolean worker = options.get(ClusterOptions.WORKER);
        boolean child = Boolean.getBoolean(CHILD);
        if (master && worker)
            throw new Refusal(ExitCode.REFUSED, "The --master argument cannot be combined with --worker. Start one process with each.");
        if (child || options.find(ClusterOptions.PROCESSES).isEmpty()) return master ? MASTER : worker ? WORKER : LOCAL;
        if (master)
            throw new Refusal(ExitCode.NOT_STARTED,
                "The --master argument cannot be combined with --processes. Leave --master out: --processes alone starts a master too.");
        return worker ? PARENT : MASTER;
    }

    /** Gives how many workers this process starts; 0 for none. */
    static int children(ParsedOptions options) {
        var asked = options.find(ClusterOptions.PROCESSES);
        if (Boolean.getBoolean(CHILD) || asked.isEmpty()) return 0;
        int processes = asked.get() == -1 ? Runtime.getRuntime().availableProcessors() : asked.get();
        if (processes < 1)
            throw Refusal.usage("--processes: " + processes + " is too few. Give 1 or more, or -1 for one per core.");
        return processes;
    }
}
