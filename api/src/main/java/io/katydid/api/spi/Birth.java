package io.katydid.api.spi;

import io.katydid.api.KatydidException;
import io.katydid.api.Scenario;
import io.katydid.api.TaskSet;
import org.jspecify.annotations.Nullable;

/**
 * Is what a user or task set learns while its constructor runs, so that scripts
 * need no constructor of their own.
 *
 * @param runtime
 *            the user's line to the run
 * @param parent
 *            the user or the enclosing task set; null for a user itself
 */
public record Birth(UserRuntime runtime, @Nullable Scenario parent) {

    /** Is bound by the kernel around the call of a constructor. */
    public static final ScopedValue<Birth> SCOPE = ScopedValue.newInstance();

    /**
     * Gives what the runner bound, or says why nobody else may call the
     * constructor.
     */
    public static Birth current(Class<?> type) {
        if (SCOPE.isBound())
            return SCOPE.get();
        if (TaskSet.class.isAssignableFrom(type)) {
            throw new KatydidException(
                "A TaskSet is created by the Runner when a user enters it. Name the class in @Task or @Tasks instead of new "
                    + type.getSimpleName() + "().");
        }
        throw new KatydidException("A User is created by the Runner. To run one yourself, use SingleUser.run("
            + type.getSimpleName() + ".class).");
    }
}
