package io.katydid.kernel;

import io.katydid.api.Reporter;
import io.katydid.api.stats.Snapshot;

/** Tells the context class loader it was called with. A file of its own, so that a test can load it as a bundle would. */
public final class Loading implements Reporter {
    private volatile String loader = "";

    /** Made by name. */
    public Loading() {}

    @Override public void snapshot(Snapshot second) {
        loader = String.valueOf(Thread.currentThread().getContextClassLoader());
    }

    @Override public String toString() { return loader; }
}
