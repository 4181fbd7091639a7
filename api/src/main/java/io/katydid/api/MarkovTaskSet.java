package io.katydid.api;

/**
 * Walks from task to task along its {@link Transition}s, by weight at random,
 * beginning with the first annotated method of the source. Targets are checked
 * when the class is scanned; its tasks cannot carry tags.
 */
public abstract class MarkovTaskSet extends TaskSet {

    /** Is called by the runner only, when the user enters the set. */
    protected MarkovTaskSet() {
    }
}
