package io.katydid.otel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the status of whatever has an {@code int statusCode()}: the responses of bundle http, those of the JDK, those of a plugin. Not by a type of bundle http:
 * after an update of that bundle this one would still know the old type only. It remembers one kind of response, so that an old revision can go.
 */
final class StatusCodes {
    private static final MethodType STATUS = MethodType.methodType(int.class);
    private static final MethodType READ = MethodType.methodType(int.class, Object.class);
    private volatile @Nullable Reader newest;

    /** Is how one kind of response is read. */
    private record Reader(Class<?> kind, @Nullable MethodHandle method) {}

    /** Gives the status; 0 when there is none. */
    int of(Object response) {
        var reader = newest;
        if (reader == null || !reader.kind.equals(response.getClass()))
            newest = reader = new Reader(response.getClass(), method(response.getClass()));
        if (reader.method == null) return 0;
        try {
            return (int) reader.method.invokeExact(response);
        } catch (Throwable unreadable) {
            return 0;
        }
    }

    /** The class itself is seldom public, but a type it implements or extends is. A handle and not a Method: to find that reads all others, on a user's thread. */
    private static @Nullable MethodHandle method(@Nullable Class<?> type) {
        if (type == null) return null;
        try {
            return MethodHandles.publicLookup().findVirtual(type, "statusCode", STATUS).asType(READ);
        } catch (NoSuchMethodException | IllegalAccessException further) {
            // Another one of its types may have it.
        }
        for (var one : type.getInterfaces()) {
            var method = method(one);
            if (method != null) return method;
        }
        return method(type.getSuperclass());
    }
}
