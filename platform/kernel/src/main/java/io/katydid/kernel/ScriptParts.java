package io.katydid.kernel;

import io.katydid.api.LoadTestShape;
import io.katydid.api.Plugin;
import io.katydid.api.User;
import io.katydid.api.cli.ParsedOptions;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Is what one compilation of the script brings.
 *
 * @param userClasses the user classes that were chosen
 * @param userSettings what {@code --config-users} changes in them
 * @param shape a fresh load shape
 * @param plugins fresh plugins that declared their options already
 * @param listeners static {@code @Listen} methods
 * @param options the values of all options, with those the script declares
 */
public record ScriptParts(List<Class<? extends User>> userClasses, List<Map<String, Object>> userSettings, Optional<LoadTestShape> shape,
    List<Plugin> plugins, List<Method> listeners, ParsedOptions options) {

    /** Keeps copies of the lists. */
    public ScriptParts {
        userClasses = List.copyOf(userClasses);
        userSettings = List.copyOf(userSettings);
        plugins = List.copyOf(plugins);
        listeners = List.copyOf(listeners);
    }
}
