package io.katydid.launcher;

import io.katydid.api.Command;
import io.katydid.api.KatydidException;
import io.katydid.api.Plugin;
import io.katydid.api.Registration;
import io.katydid.api.cli.Option;
import io.katydid.api.event.InitCommandLine;
import io.katydid.cluster.ClusterOptions;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.event.KernelEvents;
import io.katydid.kernel.event.ListenMethods;
import io.katydid.kernel.event.Owner;
import io.katydid.kernel.options.KernelOptions;
import io.katydid.kernel.options.Options;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the options of a start in their order: platform, bundles by name, verb, script, {@code init_command_line_parser}. */
final class Declared {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private final Options options = new Options();
    private final KernelEvents events;
    private final Place place;
    private final Map<Plugin, String> made = new IdentityHashMap<>();
    private List<Options.Owned> ofScript = List.of();

    /**
     * Is what one compilation of the script adds.
     *
     * @param plugins its plugins, made for this
     * @param owned all options, its own included
     */
    record WithScript(List<Plugin> plugins, List<Options.Owned> owned) {

        List<Option<?>> all() { return owned.stream().<Option<?>>map(Options.Owned::option).toList(); }
    }

    Declared(KernelEvents events, Place place) {
        this.events = events;
        this.place = place;
        KernelOptions.addTo(options);
        LauncherOptions.addTo(options);
        ClusterOptions.addTo(options);
    }

    /** Adds the bundles' plugins. One with an option that is taken does not start, and says so. */
    void bundles(List<Platform.Offer<Plugin>> offers, EnvironmentBuilder builder) {
        for (var offer : offers) {
            try {
                var plugin = offer.create().get();
                options.ownedBy(offer.owner(), plugin::options);
                builder.plugin(offer.owner(), plugin);
                made.put(plugin, offer.owner());
            } catch (KatydidException taken) {
                place.err().println("katydid: the bundle " + offer.owner() + " does not start: " + taken.getMessage());
            }
        }
    }

    /** Takes in bundles that came or went in the middle of things; gives the plugins that may start. */
    Map<Plugin, String> changed(List<Platform.Offer<Plugin>> offers, Set<ClassLoader> left) {
        made.entrySet().removeIf(entry -> {
            boolean gone = left.contains(entry.getKey().getClass().getClassLoader());
            if (gone) options.disown(entry.getValue());
            return gone;
        });
        var added = new LinkedHashMap<Plugin, String>();
        for (var offer : offers) {
            try {
                var plugin = offer.create().get();
                options.ownedBy(offer.owner(), plugin::options);
                made.put(plugin, offer.owner());
                added.put(plugin, offer.owner());
            } catch (KatydidException taken) {
                LOG.error("The bundle {} does not start: {}", offer.owner(), taken.getMessage());
            }
        }
        return added;
    }

    /** Gives all options, with those that the script declared when it was last asked. */
    List<Option<?>> all() {
        var all = options.copy();
        for (var owned : ofScript) {
            if (all.all().stream().noneMatch(other -> other.option().name().equals(owned.option().name())))
                all.ownedBy(owned.owner(), registry -> registry.add(owned.option()));
        }
        return all.all().stream().<Option<?>>map(Options.Owned::option).toList();
    }

    /** Gives the keys of the options whose values a worker takes from its master: those the script declared when it was last asked, and one of ours. */
    List<String> ofMaster() {
        return Stream.concat(ofScript.stream().map(Options.Owned::option), Stream.of(ClusterOptions.EXPECT_WORKERS)).map(Option::key)
            .toList();
    }

    /** Gives the options of the platform and of bundles with whose they are. */
    List<Options.Owned> platforms() { return options.all(); }

    void verb(Optional<Command> command) {
        command.ifPresent(verb -> options.ownedBy("katydid " + verb.name(), verb::options));
    }

    /** Adds what a script declares to the options of all others; again for each compilation of it. */
    WithScript script(Platform.Script script) {
        var all = options.copy();
        var plugins = new ArrayList<Plugin>();
        for (var type : script.plugins()) {
            var plugin = Instances.of(type);
            all.ownedBy(type.getSimpleName(), plugin::options);
            plugins.add(plugin);
        }
        script.listeners().forEach(ListenMethods::check);
        all.ownedBy("script", registry -> fire(script, new InitCommandLine(registry)));
        var platforms = options.all();
        ofScript = all.all().stream().filter(owned -> !platforms.contains(owned)).toList();
        return new WithScript(List.copyOf(plugins), all.all());
    }

    /** Fires {@code init_command_line_parser}; nothing can be added afterwards. */
    private void fire(Platform.Script script, InitCommandLine event) {
        var bound = script.listeners().stream().filter(method -> ListenMethods.takes(method, InitCommandLine.class))
            .map(method -> ListenMethods.bind(events, method, new Owner("script"))).toList();
        try {
            events.initCommandLineParser().fire(event);
        } finally {
            bound.forEach(Registration::close);
        }
    }
}
