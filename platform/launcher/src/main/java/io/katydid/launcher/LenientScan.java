package io.katydid.launcher;

import io.katydid.api.cli.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds what decides which options exist before all of them are known: the script, the bundles and the configuration file. Everything else is passed over.
 *
 * @param locators the values of {@code -f}, in order; empty when there is none
 * @param plugins the value of {@code --plugins}
 * @param pluginsUnsafe true for {@code --plugins-unsafe}
 * @param config the value of {@code --config}
 * @param help true for {@code -h}
 * @param version true for {@code -V}
 */
record LenientScan(List<String> locators, Optional<String> plugins, boolean pluginsUnsafe, Optional<String> config, boolean help,
    boolean version) {

    static LenientScan of(List<String> arguments) {
        var locators = new ArrayList<String>();
        var plugins = Optional.<String>empty();
        var config = Optional.<String>empty();
        boolean unsafe = false;
        boolean help = false;
        boolean version = false;
        for (int i = 0; i < arguments.size() && !arguments.get(i).equals("--"); i++) {
            var at = new At(arguments, i);
            unsafe |= at.is("", LauncherOptions.PLUGINS_UNSAFE.name());
            help |= at.is("-h", "--help");
            version |= at.is("-V", "--version");
            at.value("-f", "--locustfile").or(() -> at.value("", "--file")).ifPresent(text -> locators.addAll(split(text)));
            plugins = at.value("", "--plugins").or(orElse(plugins));
            config = at.value("", "--config").or(orElse(config));
        }
        return new LenientScan(List.copyOf(locators), plugins, unsafe, config, help, version);
    }

    private static Supplier<Optional<String>> orElse(Optional<String> before) { return () -> before; }

    /** Splits a list of scripts at its commas. */
    static List<String> split(String locators) {
        return List.of(locators.split(",")).stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
    }

    /** Gives the last value that was typed for an option. */
    static Optional<String> last(List<String> arguments, Option<?> option) {
        var last = Optional.<String>empty();
        for (int i = 0; i < arguments.size() && !arguments.get(i).equals("--"); i++)
            last = new At(arguments, i).value("", option.name()).or(orElse(last));
        return last;
    }

    private record At(List<String> arguments, int index) {

        boolean is(String shortName, String longName) {
            var word = arguments.get(index);
            return word.equals(shortName) || word.equals(longName);
        }

        Optional<String> value(String shortName, String longName) {
            var word = arguments.get(index);
            if (word.equals(longName) || !shortName.isEmpty() && word.equals(shortName)) return next();
            if (word.startsWith(longName + "=")) return Optional.of(word.substring(longName.length() + 1));
            boolean attached = !shortName.isEmpty() && word.startsWith(shortName) && !word.startsWith("--")
                && word.length() > shortName.length();
            if (!attached) return Optional.empty();
            var rest = word.substring(shortName.length());
            return Optional.of(rest.startsWith("=") ? rest.substring(1) : rest);
        }

        private Optional<String> next() { return index + 1 < arguments.size() ? Optional.of(arguments.get(index + 1)) : Optional.empty(); }
    }
}
