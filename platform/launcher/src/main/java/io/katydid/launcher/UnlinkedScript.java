package io.katydid.launcher;

import io.katydid.api.KatydidException;

/** Says that a script cannot be started any more: a bundle it needs was taken away, or has become another one. */
final class UnlinkedScript extends KatydidException {
    private static final long serialVersionUID = 1;

    UnlinkedScript(String why) {
        super(
            "The script no longer fits the bundles, so the test cannot start. Put the bundle it needs back into plugins/, or mend the script.\n"
                + why);
    }
}
