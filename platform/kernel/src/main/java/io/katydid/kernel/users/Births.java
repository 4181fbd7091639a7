package io.katydid.kernel.users;

import io.katydid.api.KatydidException;
import io.katydid.api.Scenario;
import io.katydid.api.TaskSet;
import io.katydid.api.User;
import io.katydid.api.spi.Birth;
import io.katydid.api.spi.UserRuntime;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes users and task sets: an inner class gets the instance around it, classes of a compact source file one instance of their implicit class per environment.
 * Any thread.
 */
public final class Births {
    private final Map<Class<?>, MethodHandle> constructors = new ConcurrentHashMap<>();
    private final Map<Class<?>, Object> implicit = new ConcurrentHashMap<>();

    /** Forgets the classes of these loaders, so that they can go. */
    public void forget(Set<ClassLoader> loaders) {
        constructors.keySet().removeIf(type -> loaders.contains(type.getClassLoader()));
        implicit.keySet().removeIf(type -> loaders.contains(type.getClassLoader()));
    }

    /** Forgets everything. */
    public void clear() {
        constructors.clear();
        implicit.clear();
    }

    /** Makes a user; what its constructor throws is thrown. */
    User user(Class<? extends User> type, UserRuntime runtime) throws Throwable {
        return ScopedValue.where(Birth.SCOPE, new Birth(runtime, null)).<User, Throwable>call(() -> (User) make(type, null));
    }

    TaskSet taskSet(Class<? extends TaskSet> type, UserRuntime runtime, Scenario parent) throws Throwable {
        return ScopedValue.where(Birth.SCOPE, new Birth(runtime, parent)).<TaskSet, Throwable>call(() -> (TaskSet) make(type, parent));
    }

    private Object make(Class<?> type, @Nullable Scenario parent) throws Throwable {
        var constructor = constructors.computeIfAbsent(type, Births::constructor);
        var outer = outer(type);
        if (outer == null) return (Object) constructor.invokeExact();
        return (Object) constructor.invokeExact(around(type, outer, parent));
    }

    private static @Nullable Class<?> outer(Class<?> type) {
        return Modifier.isStatic(type.getModifiers()) ? null : type.getEnclosingClass();
    }

    private Object around(Class<?> type, Class<?> outer, @Nullable Scenario parent) throws Throwable {
        Scenario at = parent;
        while (at != null) {
            if (outer.isInstance(at)) return at;
            at = at instanceof TaskSet set ? ParentOf.set(set) : null;
        }
        if (Scenario.class.isAssignableFrom(outer)) {
            throw new KatydidException(outer.getSimpleName() + "." + type.getSimpleName() + " is an inner class of " + outer.getSimpleName()
                + " and cannot be used here. Make it a top-level or static class.");
        }
        var known = implicit.get(outer);
        if (known != null) return known;
        var made = (Object) constructors.computeIfAbsent(outer, Births::constructor).invokeExact();
        var before = implicit.putIfAbsent(outer, made);
        return before == null ? made : before;
    }

    private static MethodHandle constructor(Class<?> type) {
        var outer = outer(type);
        try {
            Constructor<?> constructor = outer == null ? type.getDeclaredConstructor() : type.getDeclaredConstructor(outer);
            var handle = MethodHandles.privateLookupIn(type, MethodHandles.lookup()).unreflectConstructor(constructor);
            return handle.asType(outer == null ? MethodType.methodType(Object.class) : MethodType.methodType(Object.class, Object.class));
        } catch (NoSuchMethodException missing) {
            throw new KatydidException(
                "The class " + type.getName() + " has no constructor without arguments, so the runner cannot make it. Give it one.",
                missing);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(type.getName(), impossible);
        }
    }
}
