package io.katydid.json;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Shows the parameters of a run: secret options are not among them, and a password in a URL is masked. */
final class Parameters {
    private static final Pattern PASSWORD = Pattern.compile("(?<=://)([^/@\\s:]*):[^/@\\s]*@");

    private Parameters() {}

    static Map<String, Object> shown(Map<?, ?> parameters) {
        var shown = new TreeMap<String, Object>();
        parameters.forEach((key, value) -> shown.put(String.valueOf(key), shown(value)));
        return shown;
    }

    private static Object shown(Object value) {
        return switch (value) {
            case Number number -> number;
            case Boolean flag -> flag;
            case Duration time -> time.toMillis() / 1000.0;
            case Map<?, ?> table -> shown(table);
            case Collection<?> many -> many.stream().map(each -> shown((Object) each)).toList();
            default -> PASSWORD.matcher(String.valueOf(value)).replaceAll("$1:***@");
        };
    }
}
