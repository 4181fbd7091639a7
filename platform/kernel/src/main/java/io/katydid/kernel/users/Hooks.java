package io.katydid.kernel.users;

import io.katydid.api.Scenario;
import io.katydid.api.TaskList;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;

/** Calls the protected hooks of scenarios: they are the script's words, not public ones, and the kernel is in another package. */
final class Hooks {
    private static final MethodHandle ON_START = find(Scenario.class, "onStart", void.class);
    private static final MethodHandle ON_STOP = find(Scenario.class, "onStop", void.class);
    private static final MethodHandle WAIT_TIME = find(Scenario.class, "waitTime", WaitTime.class);
    private static final MethodHandle TASKS = find(Scenario.class, "tasks", TaskList.class);
    private static final MethodHandle CONTEXT = find(User.class, "context", Map.class);
    private static final MethodHandle PREPARE = find(User.class, "prepare", void.class);
    private static final MethodHandle RELEASE = find(User.class, "release", void.class);

    private Hooks() {}

    static void onStart(Scenario scenario) throws Throwable {
        ON_START.invokeExact(scenario);
    }

    static void onStop(Scenario scenario) throws Throwable {
        ON_STOP.invokeExact(scenario);
    }

    static WaitTime waitTime(Scenario scenario) throws Throwable { return (WaitTime) WAIT_TIME.invokeExact(scenario); }

    static TaskList tasks(Scenario scenario) throws Throwable { return (TaskList) TASKS.invokeExact(scenario); }

    @SuppressWarnings("unchecked") static Map<String, Object> context(User user) {
        try {
            return (Map<String, Object>) CONTEXT.invokeExact(user);
        } catch (RuntimeException | Error problem) {
            throw problem;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    static void prepare(User user) throws Throwable {
        PREPARE.invokeExact(user);
    }

    static void release(User user) throws Throwable {
        RELEASE.invokeExact(user);
    }

    private static MethodHandle find(Class<?> type, String name, Class<?> result) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup()).findVirtual(type, name, MethodType.methodType(result));
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
