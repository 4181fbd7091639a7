package io.katydid.kernel;

import java.util.function.Consumer;

/** Knows the script behind an environment and whether it was edited. Asked before each start, while no test runs. */
@FunctionalInterface
public interface ScriptSource {

    /**
     * Brings the parts of the newest compilation to {@code takeUp} when they are not those taken up last. A broken edit is said in the log and brings nothing; so is one
     * that {@code takeUp} refuses by an exception, and the next start tries again. A {@link io.katydid.api.KatydidException} of this method refuses the start: the script cannot be run any more.
     */
    void edited(Consumer<ScriptParts> takeUp);
}
