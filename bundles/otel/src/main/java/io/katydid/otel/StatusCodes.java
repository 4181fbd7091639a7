package io.katydid.otel;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the status of whatever has an {@code int statusCode()}: the responses of bundle http, those of the JDK, those of a plugin. Not by a type of bundle http:
 * after an update of that bundle this one would still know the old type only. It remembers one kind of response, so that an old revision can go.
 */
final class StatusCodes {
    private volatile @Nullable Reader newest;

    /** Is how one kind of response is read. */
    private record Reader(Class<?> kind, @Nullable Method method) {}

    /** Gives the status; 0 when there is none. */
    int of(Object response) {
        var reader = newest;
        if (reader == null || !reader.kind.equals(response.getClass())) newest = reader = reader(response.getClass());
        if (reader.method == null) return 0;
        try {
            return (int) reader.method.invoke(response);
        } catch (ReflectiveOperationException unreadable) {
            return 0;
        }
    }

    private static Reader reader(Class<?> kind) { return new Reader(kind, method(kind)); }

    /** The class itself is seldom public, but a type it implements or extends is. */
    private static @Nullable Method method(@Nullable Class<?> type) {
        if (type == null) return null;
        if (Modifier.isPublic(type.getModifiers()) && type.getModule().isExported(type.getPackageName())) {
            try {
                var method = type.getMethod("statusCode");
                return method.getReturnType() == int.class ? method : null;
            } catch (NoSuchMethodException further) {
                // Another one of its types may have it.
            }
        }
        for (var one : type.getInterfaces()) {
            var method = method(one);
            if (method != null) return method;
        }
        return method(type.getSuperclass());
    }
}
