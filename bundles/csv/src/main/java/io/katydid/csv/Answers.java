package io.katydid.csv;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a response of any client for its status, as the reference does: by the name of the method, for this bundle knows no client. A public
 * {@code int statusCode()} has it, a public {@code String reason()} the words; responses of Katydid's {@code HttpUser} have both, those of the JDK's client the first.
 */
final class Answers {
    /** The clients' classes keep these, and with them nothing of this bundle: a handle is the JDK's. */
    private static final ClassValue<MethodHandle> STATUS = found("statusCode", int.class, 0);
    private static final ClassValue<MethodHandle> REASON = found("reason", String.class, "");

    private Answers() {}

    static int status(Object response) {
        try {
            return (int) STATUS.get(response.getClass()).invokeExact(response);
        } catch (Throwable unknown) {
            return 0;
        }
    }

    static String reason(Object response) {
        try {
            var words = (String) REASON.get(response.getClass()).invokeExact(response);
            return words == null ? "" : words;
        } catch (Throwable unknown) {
            return "";
        }
    }

    private static ClassValue<MethodHandle> found(String name, Class<?> type, Object otherwise) {
        return new ClassValue<>() {
            @Override protected MethodHandle computeValue(Class<?> response) {
                var method = lookUp(response, name, type);
                if (method != null) return method.asType(MethodType.methodType(type, Object.class));
                return MethodHandles.dropArguments(MethodHandles.constant(type, otherwise), 0, Object.class);
            }
        };
    }

    /** A client hides its own class behind a public type: any of them will do. */
    private static @Nullable MethodHandle lookUp(Class<?> response, String name, Class<?> type) {
        var types = new ArrayDeque<Class<?>>();
        types.add(response);
        for (var next = types.poll(); next != null; next = types.poll()) {
            if (Modifier.isPublic(next.getModifiers())) {
                try {
                    return MethodHandles.publicLookup().findVirtual(next, name, MethodType.methodType(type));
                } catch (NoSuchMethodException | IllegalAccessException elsewhere) {
                    // The next type may have it.
                }
            }
            if (next.getSuperclass() != null) types.add(next.getSuperclass());
            types.addAll(List.of(next.getInterfaces()));
        }
        return null;
    }
}
