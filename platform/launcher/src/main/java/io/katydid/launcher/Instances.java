package io.katydid.launcher;

import io.katydid.api.KatydidException;
import java.lang.reflect.InvocationTargetException;

/** Makes objects of scripts' classes. */
final class Instances {
    private Instances() {}

    static <T> T of(Class<T> type) {
        try {
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
}
