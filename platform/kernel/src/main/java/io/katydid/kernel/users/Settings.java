package io.katydid.kernel.users;

import io.katydid.api.KatydidException;
import io.katydid.api.Setting;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;

/** Sets the fields that {@code --config-users} names. */
public final class Settings {

    private Settings() {}

    /** Finds the field of a setting, or says that there is none. */
    public static Field find(Class<? extends User> type, String name) {
        return field(type, name).orElseThrow(() -> new KatydidException("--config-users: " + type.getSimpleName() + " has no field '" + name
            + "' with @Setting. Annotate the field, or take the key away."));
    }

    private static Optional<Field> field(Class<?> type, String name) {
        for (Class<?> at = type; at != null && at != User.class; at = at.getSuperclass()) {
            for (var field : at.getDeclaredFields()) {
                if (field.getName().equals(name) && field.isAnnotationPresent(Setting.class)) return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    static void apply(User user, UserClass userClass) throws IllegalAccessException {
        if (!(userClass instanceof HasSettings settings)) return;
        for (var setting : settings.settings().entrySet()) {
            var field = find(user.getClass(), setting.getKey());
            field.setAccessible(true);
            field.set(user, converted(field, setting.getValue()));
        }
    }

    private static Object converted(Field field, Object value) {
        var type = field.getType();
        if (value instanceof Number number) {
            if (type == int.class || type == Integer.class) return number.intValue();
            if (type == long.class || type == Long.class) return number.longValue();
            if (type == double.class || type == Double.class) return number.doubleValue();
        }
        if (type == String.class) return value.toString();
        if ((type == boolean.class || type == Boolean.class) && value instanceof Boolean) return value;
        if (type.isInstance(value)) return value;
        throw new KatydidException(
            "--config-users: the value " + value + " of '" + field.getName() + "' does not fit its type " + type.getSimpleName() + ".");
    }

    /** Is a user class with values for its fields. */
    public interface HasSettings {

        /** Gives the values by field name. */
        Map<String, Object> settings();
    }
}
