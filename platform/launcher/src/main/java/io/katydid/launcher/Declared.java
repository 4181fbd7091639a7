package io.katydid.launcher;

import io.katydid.api.Command;
import io.katydid.api.KatydidException;
import io.katydid.api.Plugin;
import io.katydid.api.cli.Option;
import io.katydid.api.event.InitCommandLine;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.event.ListenMethods;
import io.katydid.kernel.options.KernelOptions;
import io.katydid.kernel.options.Options;
import java.util.List;
import java.util.Optional;

/** Collects the options of a start in their order: platform, bundles by name, verb, script, {@code init_command_line_parser}. */
final class Declared {
    private final Options options = new Options();
    private final EnvironmentBuilder builder;
    private final Place place;

    Declared(EnvironmentBuilder builder, Place place) {
        this.builder = builder;
        this.place = place;
        KernelOptions.addTo(options);
        LauncherOptions.addTo(options);
    }

    /** Adds the bundles' plugins. One with an option that is taken does not start, and says so. */
    void bundles(List<Platform.Offer<Plugin>> offers) {
        for (var offer : offers) {
            try {
                var plugin = offer.create().get();
                options.ownedBy(offer.owner(), plugin::options);
                builder.plugin(offer.owner(), plugin);
            } catch (KatydidException taken) {
                place.err().println("katydid: the bundle " + offer.owner() + " does not start: " + taken.getMessage());
            }
        }
    }

    void verb(Optional<Command> command) {
        command.ifPresent(verb -> options.ownedBy("katydid " + verb.name(), verb::options));
    }

    void script(Platform.Script script) {
        for (var type : script.plugins()) {
            var plugin = Instances.of(type);
            options.ownedBy(type.getSimpleName(), plugin::options);
            builder.plugin(type.getSimpleName(), plugin);
        }
        script.listeners().forEach(ListenMethods::check);
        script.listeners().forEach(method -> ListenMethods.bind(builder.events(), method));
    }

    /** Fires {@code init_command_line_parser}; nothing can be added afterwards. */
    void fire() {
        options.ownedBy("script", registry -> builder.events().initCommandLineParser().fire(new InitCommandLine(registry)));
    }

    List<Options.Owned> owned() { return options.all(); }

    List<Option<?>> all() { return options.all().stream().<Option<?>>map(Options.Owned::option).toList(); }
}
