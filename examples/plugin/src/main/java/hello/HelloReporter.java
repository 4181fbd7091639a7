package hello;

import io.katydid.api.Extension;
import io.katydid.api.Reporter;
import io.katydid.api.stats.Snapshot;

/** Says each second how many requests there were; on a thread of its own, so it may block. */
@Extension
public final class HelloReporter implements Reporter {
    @Override public void snapshot(Snapshot second) {
        System.err.println("hello: " + second.total().numRequests() + " requests");
    }
}
