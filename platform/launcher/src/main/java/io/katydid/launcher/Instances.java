package io.katydid.launcher;

import io.katydid.api.KatydidException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;

/** Makes objects of scripts' classes. */
final class Instances {
    private Instances() {}

    static <T> T of(Class<T> type) {
        try {
            if (isInner(type)) return withOuter(type);
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (InvocationTargetException thrown) {
            throw new KatydidException(
                "The constructor of " + type.getName() + " threw " + thrown.getCause() + ". Mend it; the run cannot start without.",
                thrown);
        } catch (ReflectiveOperationException problem) {
            throw new KatydidException("No object of " + type.getName() + " can be made. Give it a constructor without arguments.",
                problem);
        }
    }

    private static boolean isInner(Class<?> type) { return type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers()); }

    /** Classes of a compact source file belong to the implicit class, which gets an object of its own. */
    private static <T> T withOuter(Class<T> type) throws ReflectiveOperationException {
        var outer = type.getEnclosingClass();
        var constructor = type.getDeclaredConstructor(outer);
        constructor.setAccessible(true);
        return constructor.newInstance(of(outer));
    }
}
