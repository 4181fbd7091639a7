package io.katydid.testkit;

import io.katydid.api.KatydidException;
import io.katydid.api.Plugin;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.api.cli.ParsedOptions;
import io.katydid.kernel.options.KernelOptions;
import io.katydid.kernel.options.OptionValues;
import io.katydid.kernel.options.Options;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes option values as a command line would, without one.
 *
 * <pre>{@code
 * var options = TestOptions.of(new CsvReporter(), "--csv=out", "--csv-full-history");
 * Katydid.environment(Shopper.class).parsedOptions(options);
 * }</pre>
 */
public final class TestOptions {

    private TestOptions() {}

    /** Gives the platform's options and a plugin's, with defaults, and the values written as {@code --name=value} or {@code --flag}. */
    public static ParsedOptions of(Plugin plugin, String... words) {
        return of(plugin::options, List.of(words));
    }

    static ParsedOptions of(Consumer<OptionRegistry> additions, List<String> words) {
        var options = registry(additions);
        var values = new OptionValues.Builder();
        options.all().forEach(owned -> values.add(owned.option()));
        for (var word : words) {
            int equals = word.indexOf('=');
            var name = equals < 0 ? word : word.substring(0, equals);
            var option = find(options, name);
            values.put(option, equals < 0 ? bare(option) : option.parse(word.substring(equals + 1)), "command line");
        }
        return values.build();
    }

    /** Gives a registry with the platform's options and these; an error when two have one name. */
    static Options registry(Consumer<OptionRegistry> additions) {
        var options = new Options();
        KernelOptions.addTo(options);
        options.ownedBy("the plugin", additions);
        return options;
    }

    private static Option<?> find(Options options, String name) {
        return options.all().stream().<Option<?>>map(Options.Owned::option).filter(option -> option.name().equals(name) || option.aliases()
            .contains(name)).findFirst().orElseThrow(() -> new KatydidException(
                "There is no option '" + name + "'. Write it as --name=value, with a name the platform or the plugin declares."));
    }

    private static Object bare(Option<?> option) {
        if (option.kind() == Option.Kind.FLAG) return true;
        return option.valueWhenBare().map(Object.class::cast).orElseThrow(
            () -> new KatydidException("The option " + option.name() + " needs a value. Write " + option.name() + "=value."));
    }
}
