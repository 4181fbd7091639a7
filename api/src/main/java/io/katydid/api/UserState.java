package io.katydid.api;

import java.util.Locale;

/** Is what a user is doing; {@link #word()} is the reference's spelling. */
public enum UserState {
    /** It starts, or runs a task. */
    RUNNING,
    /** It waits after a task. */
    WAITING,
    /** It was told to stop: no further task begins. */
    STOPPING;

    /** Gives the reference's word, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
