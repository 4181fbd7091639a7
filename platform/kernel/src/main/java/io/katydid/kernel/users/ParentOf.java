package io.katydid.kernel.users;

import io.katydid.api.Scenario;
import io.katydid.api.TaskSet;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Asks a task set for its parent, a protected word of the script. */
final class ParentOf {
    private static final MethodHandle PARENT;

    static {
        try {
            PARENT = MethodHandles.privateLookupIn(TaskSet.class, MethodHandles.lookup()).findVirtual(TaskSet.class, "parent",
                MethodType.methodType(Scenario.class));
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private ParentOf() {}

    static Scenario set(TaskSet set) throws Throwable { return (Scenario) PARENT.invokeExact(set); }
}
