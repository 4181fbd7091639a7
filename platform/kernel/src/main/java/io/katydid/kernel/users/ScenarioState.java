package io.katydid.kernel.users;

import io.katydid.api.KatydidException;
import io.katydid.api.MarkovTaskSet;
import io.katydid.api.Scenario;
import io.katydid.api.TaskList;
import io.katydid.api.TaskSignal;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.WaitTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds what a user keeps about one instance: its tasks, what is queued, its wait time. */
final class ScenarioState {
    private final Scenario scenario;
    private final Models models;
    private final Class<? extends User> userType;
    private final UserClass userClass;
    private final ArrayDeque<TaskEntry> queue = new ArrayDeque<>(0);
    private @Nullable Picker picker;
    private volatile @Nullable TaskList replacement;
    private @Nullable WaitTime waitTime;

    ScenarioState(Scenario scenario, Models models, Class<? extends User> userType, UserClass userClass) {
        this.scenario = scenario;
        this.models = models;
        this.userType = userType;
        this.userClass = userClass;
    }

    TaskEntry next() throws Throwable {
        synchronized (queue) {
            if (!queue.isEmpty()) return queue.poll();
        }
        var replaced = replacement;
        if (replaced != null) {
            replacement = null;
            picker = picker(Bodies.entries(replaced, scenario.getClass()));
        }
        if (picker == null) picker = picker(all());
        return picker.next();
    }

    private List<TaskEntry> all() throws Throwable {
        var type = scenario.getClass();
        var tasks = new ArrayList<>(models.of(type, userType, Models.tags(type)).tasks());
        if (!(scenario instanceof MarkovTaskSet)) {
            for (var task : Bodies.entries(Hooks.tasks(scenario), type)) {
                if (task.target() instanceof TaskEntry.OfSet || models.keepsTags(task.tags())) tasks.add(task);
            }
        }
        if (userType.equals(type) && !userClass.tasks().isEmpty())
            tasks.removeIf(task -> isNamed(task) && !userClass.tasks().contains(task.name()));
        return tasks;
    }

    private boolean isNamed(TaskEntry task) { return !(task.target() instanceof TaskEntry.OfBody); }

    private Picker picker(List<TaskEntry> tasks) {
        if (tasks.stream().mapToInt(TaskEntry::weight).sum() == 0) {
            throw new KatydidException("No tasks defined on " + scenario.getClass().getSimpleName()
                + ". Put @Task on a method, name a task set in @Tasks, or override tasks(); if it is only a base class, make it abstract.");
        }
        return Picker.of(scenario.getClass(), tasks);
    }

    void replace(TaskList tasks) {
        replacement = tasks;
    }

    void schedule(Object task, boolean first) {
        var entry = Bodies.entry(new TaskList.Entry(task, 1), scenario.getClass(), 1);
        synchronized (queue) {
            if (first) {
                queue.addFirst(entry);
            } else {
                queue.add(entry);
            }
        }
    }

    /** Asks for the wait time, so that pacing counts from the first task on. What it throws is told when it is needed. */
    void begin() throws Throwable {
        try {
            waitTime();
        } catch (Exception | LinkageError | AssertionError | TaskSignal later) {
            waitTime = null;
        }
    }

    WaitTime waitTime() throws Throwable {
        if (waitTime == null) waitTime = Hooks.waitTime(scenario);
        if (waitTime == null) {
            throw new KatydidException("waitTime() of " + scenario.getClass().getSimpleName()
                + " gave null. Return constant(0) for no wait at all, or do not override it.");
        }
        return waitTime;
    }

    double waitSeconds() throws Throwable {
        var forAll = userClass.waitTime();
        return (forAll.isPresent() ? forAll.get() : waitTime()).seconds();
    }
}
