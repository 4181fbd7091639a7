package io.katydid.api;

import java.util.ArrayList;
import java.util.List;

/**
 * Lists tasks that are only known at run time, in order, each with a weight.
 * Immutable; each {@code and} gives a longer list.
 *
 * <pre>{@code
 * @Override
 * protected TaskList tasks() {
 *     return super.tasks().and(ThreadPage.class, 15).and(this::writePost);
 * }
 * }</pre>
 */
public final class TaskList {
    private static final TaskList EMPTY = new TaskList(List.of());
    private final List<Entry> entries;

    private TaskList(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * Is one entry.
     *
     * @param task
     *            a {@link TaskBody} or the {@code Class} of a {@link TaskSet}
     * @param weight
     *            how often it is picked among the others; 0 means never
     */
    public record Entry(Object task, int weight) {
    }

    /** Gives the list without tasks. */
    public static TaskList empty() {
        return EMPTY;
    }

    /** Lists task sets, each with weight 1. */
    @SafeVarargs public static TaskList of(Class<? extends TaskSet>... sets) {
        var list = EMPTY;
        for (var set : sets)
            list = list.and(set);
        return list;
    }

    /** Adds a task set with weight 1. */
    public TaskList and(Class<? extends TaskSet> set) {
        return and(set, 1);
    }

    /** Adds a task set. */
    public TaskList and(Class<? extends TaskSet> set, int weight) {
        return with(set, weight);
    }

    /** Adds a method or a lambda with weight 1. */
    public TaskList and(TaskBody task) {
        return and(task, 1);
    }

    /** Adds a method or a lambda. */
    public TaskList and(TaskBody task, int weight) {
        return with(task, weight);
    }

    /** Gives the entries in the order they were added. */
    public List<Entry> entries() {
        return entries;
    }

    private TaskList with(Object task, int weight) {
        if (weight < 0)
            throw new IllegalArgumentException(
                "The weight of a task is " + weight + ". Give 0 to never pick it, or more.");
        var longer = new ArrayList<>(entries);
        longer.add(new Entry(task, weight));
        return new TaskList(List.copyOf(longer));
    }
}
