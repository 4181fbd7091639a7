package io.katydid.kernel.users;

import io.katydid.api.Scenario;
import io.katydid.api.TaskList;
import io.katydid.api.TaskSet;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.WaitTime;
import java.util.IdentityHashMap;
import java.util.Map;

/** Holds where one user is in itself and in each task set it is in. Child threads of the user may ask too. */
final class ScenarioStates {
    private final Models models;
    private final Class<? extends User> type;
    private final UserClass userClass;
    private final Map<Scenario, ScenarioState> states = new IdentityHashMap<>(4);

    ScenarioStates(Models models, Class<? extends User> type, UserClass userClass) {
        this.models = models;
        this.type = type;
        this.userClass = userClass;
    }

    synchronized ScenarioState of(Scenario scenario) {
        return states.computeIfAbsent(scenario, made -> new ScenarioState(made, models, type, userClass));
    }

    /** Forgets a task set that was left. */
    synchronized void remove(TaskSet set) {
        states.remove(set);
    }

    WaitTime inheritedWaitTime(Scenario scenario) throws Exception {
        if (!(scenario instanceof TaskSet set)) return WaitTime.constant(0);
        try {
            return of(ParentOf.set(set)).waitTime();
        } catch (Exception | Error problem) {
            throw problem;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    void replaceTasks(Scenario scenario, TaskList tasks) {
        of(scenario).replace(tasks);
    }

    void schedule(TaskSet where, Object task, boolean first) {
        of(where).schedule(task, first);
    }
}
