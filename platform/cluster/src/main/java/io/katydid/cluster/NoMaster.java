package io.katydid.cluster;

import io.katydid.api.KatydidException;

/** Says that a worker greeted its master in vain. */
public final class NoMaster extends KatydidException {
    private static final long serialVersionUID = 1;

    /** Makes one with the text a tester will read. */
    public NoMaster(String message) {
        super(message);
    }
}
