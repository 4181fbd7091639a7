package io.katydid.launcher;

import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/** Turns SIGINT and SIGTERM into the end of the run; a second one ends the process at once. */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");

    private Signals() {}

    /** Calls {@code end} once, on a thread of its own. */
    static void listen(Runnable end) {
        var count = new AtomicInteger();
        for (var name : new String[]{"INT", "TERM"}) {
            try {
                Signal.handle(new Signal(name), _ -> received(name, count, end));
            } catch (IllegalArgumentException takenByTheJvm) {
                LOG.debug("SIG{} cannot be listened to", name, takenByTheJvm);
            }
        }
    }

    private static void received(String name, AtomicInteger count, Runnable end) {
        if (count.incrementAndGet() > 1) Runtime.getRuntime().halt(ExitCode.KILLED.code());
        LOG.info(name.equals("TERM") ? "Got SIGTERM signal" : "Exiting due to CTRL+C interruption");
        end.run();
    }
}
