package io.katydid.kernel.users;

import io.katydid.api.InterruptTaskSet;
import io.katydid.api.KatydidException;
import io.katydid.api.RescheduleTask;
import io.katydid.api.RescheduleTaskImmediately;
import io.katydid.api.Scenario;
import io.katydid.api.State;
import io.katydid.api.StopTest;
import io.katydid.api.StopUser;
import io.katydid.api.TaskSet;
import io.katydid.api.TaskSignal;
import io.katydid.api.User;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Walks one user from its constructor through its tasks to its last hook. */
final class UserLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.user");
    private final RunningUser running;
    private final UserHome home;
    private final StopState stop;
    private final Rest rest;
    private final ScenarioStates states;
    private @Nullable Throwable ending;

    UserLoop(RunningUser running, UserHome home, StopState stop, ScenarioStates states) {
        this.running = running;
        this.home = home;
        this.stop = stop;
        this.states = states;
        rest = new Rest(running, stop);
    }

    @Override public void run() {
        try {
            live();
        } catch (StopTest signal) {
            home.stopTest(signal);
        } catch (TaskSignal ended) {
            LOG.debug("{} ended: {}", Thread.currentThread().getName(), ended.getMessage());
        } catch (Throwable problem) {
            LOG.debug("{} ended by an exception", Thread.currentThread().getName(), problem);
        } finally {
            home.ended(running);
        }
    }

    /**
     * Lives from birth to the last hook. Tasks and waits are called from here and not from a method between: what lies below a request is saved with it, in one
     * piece, and while a frame of that piece has not been returned to, a user that waits keeps all of it.
     */
    private void live() throws Throwable {
        var user = born();
        try {
            // What lies below is first saved here, small, and stays so as long as the JIT does not join it with what is above; first saved in a request,
            // the room of that request would stay with the user.
            Thread.yield();
            start(user);
            var state = states.of(user);
            state.begin();
            while (true) {
                if (runNext(user, user, state)) {
                    rested(user, user, state);
                } else {
                    // A task that asks for the next one at once, again and again, must not keep its loop to itself.
                    rest.letOthersRun();
                }
            }
        } finally {
            release(user);
        }
    }

    private void start(User user) throws Throwable {
        try {
            Hooks.onStart(user);
        } catch (InterruptTaskSet | RescheduleTask | RescheduleTaskImmediately early) {
            // As a return from it: on with the first task.
            LOG.debug("onStart of {} ended early", user);
        } catch (Throwable problem) {
            throw failed(user, user, problem);
        }
    }

    /** A user that cannot be made is an exception row; the reference hides it. */
    private User born() throws Throwable {
        var type = running.type();
        try {
            running.stopIfTold();
            var user = home.births().user(type, running);
            running.born(user);
            Settings.apply(user, running.userClass());
            try {
                Hooks.prepare(user);
            } catch (Throwable problem) {
                lastHook(user, "Closing the client", () -> Hooks.release(user));
                throw problem;
            }
            return user;
        } catch (StopUser stopped) {
            throw stopped;
        } catch (Throwable problem) {
            if (!(problem instanceof InterruptedException && stop.finishing())) home.birthError(type, problem);
            throw problem;
        }
    }

    private Throwable failed(User user, Scenario where, Throwable problem) {
        running.settle(problem);
        if (problem instanceof TaskSignal) return problem;
        if (stop.stopping() && problem instanceof InterruptedException) return new StopUser();
        home.userError(user, where, problem);
        return problem;
    }

    private void release(User user) {
        // Whatever a listener throws when it hears of the one, the others are done too.
        try {
            lastHook(user, "onStop", () -> Hooks.onStop(user));
        } finally {
            running.afterTask().ended(0, user.getClass()::getSimpleName);
            lastHook(user, "Closing the client", () -> Hooks.release(user));
        }
    }

    private interface LastHook { void run() throws Throwable; }

    /** Runs a hook in which requests work although the user was told to stop; after 10 s it is interrupted, and named. */
    private void lastHook(Scenario where, String what, LastHook hook) {
        stop.lastHooks(true);
        Thread.interrupted();
        var name = what + " of " + where.getClass().getSimpleName();
        try (var _ = new LastHookLimit(running.carrier(), stop, name, home.lastHookLimit())) {
            hook.run();
            running.settle(null);
        } catch (StopTest signal) {
            // A test that is being stopped need not be stopped again.
            if (home.environment().runner().state() != State.CLEANUP) home.stopTest(signal);
        } catch (TaskSignal signal) {
            LOG.debug("{} ended with a signal", name);
        } catch (Throwable problem) {
            running.settle(problem);
            running.madeUser().ifPresent(user -> home.userError(user, where, problem));
        } finally {
            stop.lastHooks(false);
        }
    }

    /** Runs the next task; tells whether a wait follows it. */
    private boolean runNext(User user, Scenario scenario, ScenarioState state) throws Throwable {
        try {
            running.stopIfTold();
            execute(user, scenario, state.next());
            running.settle(null);
        } catch (RescheduleTaskImmediately now) {
            running.settle(null);
            return false;
        } catch (RescheduleTask later) {
            running.settle(null);
        } catch (InterruptTaskSet interrupt) {
            running.settle(null);
            leaves(user, scenario, interrupt);
        } catch (TaskSignal signal) {
            running.settle(null);
            throw signal;
        } catch (Throwable problem) {
            running.settle(problem);
            carryOn(user, scenario, problem);
        }
        return true;
    }

    /** Waits after a task. What fails in it is told as what fails in a task, and tried once more: a user that cannot wait must not run on without. */
    private void rested(User user, Scenario scenario, ScenarioState state) throws Throwable {
        try {
            rest.after(state);
        } catch (RescheduleTaskImmediately | RescheduleTask now) {
            LOG.trace("A wait was cut short", now);
            rest.letOthersRun();
        } catch (InterruptTaskSet interrupt) {
            leaves(user, scenario, interrupt);
            rest.letOthersRun();
        } catch (TaskSignal signal) {
            throw signal;
        } catch (Throwable problem) {
            carryOn(user, scenario, problem);
            rest.after(state);
        }
    }

    /** An interrupt leaves a task set; a user itself cannot be left, so there it is a mistake. */
    private void leaves(User user, Scenario scenario, InterruptTaskSet interrupt) {
        if (scenario instanceof TaskSet) throw interrupt;
        report(user, scenario, new KatydidException("interrupt() was called in a task of " + scenario.getClass().getSimpleName()
            + " itself. It leaves a task set: put the task into one, or return from it."));
    }

    private void carryOn(User user, Scenario scenario, Throwable problem) throws Throwable {
        if (stop.stopping() && (problem instanceof InterruptedException || Thread.currentThread().isInterrupted())) throw new StopUser();
        // On its way out of nested sets it is told once.
        if (problem.equals(ending)) throw problem;
        report(user, scenario, problem);
        if (!home.environment().catchExceptions() || isFatal(problem)) {
            ending = problem;
            throw problem;
        }
        Thread.interrupted();
    }

    /** Tells whether there is no going on: a machine without memory only makes it worse; one call too deep has ended by now. */
    private static boolean isFatal(Throwable problem) {
        return problem instanceof VirtualMachineError && !(problem instanceof StackOverflowError);
    }

    private void report(User user, Scenario where, Throwable problem) {
        home.userError(user, where, problem);
    }

    private void execute(User user, Scenario scenario, TaskEntry task) throws Throwable {
        if (!(task.target() instanceof TaskEntry.OfSet)) home.taskStart(user, scenario, task.name());
        int mark = running.afterTask().mark();
        try {
            switch (task.target()) {
                case TaskEntry.OfMethod method -> method.call(scenario, user);
                case TaskEntry.OfBody body -> body.body().run();
                case TaskEntry.OfSet set -> enter(user, scenario, set.type());
            }
        } finally {
            running.afterTask().ended(mark, () -> scenario.getClass().getSimpleName() + "." + task.name());
        }
    }

    private void enter(User user, Scenario parent, Class<? extends TaskSet> type) throws Throwable {
        try {
            var set = home.births().taskSet(type, running, parent);
            try {
                Hooks.onStart(set);
                tasks(user, set);
            } finally {
                leave(set);
            }
        } catch (InterruptTaskSet interrupt) {
            throw interrupt.reschedule() ? new RescheduleTaskImmediately() : new RescheduleTask();
        }
    }

    /** Runs tasks of a set until a signal ends it. */
    private void tasks(User user, TaskSet set) throws Throwable {
        var state = states.of(set);
        state.begin();
        while (true) {
            if (runNext(user, set, state)) rested(user, set, state);
            else rest.letOthersRun();
        }
    }

    private void leave(TaskSet set) {
        try {
            if (stop.finishing()) {
                lastHook(set, "onStop", () -> Hooks.onStop(set));
            } else {
                stopped(set);
            }
        } finally {
            states.remove(set);
        }
    }

    private void stopped(TaskSet set) {
        try {
            Hooks.onStop(set);
            running.settle(null);
        } catch (StopUser | StopTest signal) {
            throw signal;
        } catch (TaskSignal meaningless) {
            LOG.debug("onStop of {} ended with a signal; the set is being left anyway", set, meaningless);
        } catch (Throwable problem) {
            running.settle(problem);
            running.madeUser().ifPresent(user -> home.userError(user, set, problem));
        }
    }
}
