package io.katydid.launcher;

import io.katydid.api.cli.Option;
import io.katydid.kernel.options.KernelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Holds where options come from beside the command line, strongest first: environment, {@code --config}, the files of the working folder, those of the home. */
final class Sources {
    private static final Set<String> COMMAND_LINE_ONLY = Set.of(LauncherOptions.HELP.key(), LauncherOptions.VERSION.key());
    /** Are read before any file is. */
    private static final Set<String> NOT_IN_FILES = Set.of(KernelOptions.CONFIG.key(), LauncherOptions.HELP.key(),
        LauncherOptions.VERSION.key());
    private final Map<String, String> environment;
    private final List<Layer> layers;
    private final Consumer<String> notes;
    private final Set<String> noted = new HashSet<>();

    /**
     * Is one file.
     *
     * @param label how it is named to people
     * @param locust true for a file of the reference, which may name a Python script
     * @param values texts by key
     */
    record Layer(String label, boolean locust, Map<String, String> values) {}

    /**
     * Is a text somebody set.
     *
     * @param source the variable or file it came from
     */
    record Found(String text, String source) {}

    Sources(Map<String, String> environment, List<Layer> layers, Consumer<String> notes) {
        this.environment = Map.copyOf(environment);
        this.layers = List.copyOf(layers);
        this.notes = notes;
    }

    /** Reads the files; those that are missing are passed over, except the one of {@code --config}. */
    static Sources read(Place place, Optional<String> config, Consumer<String> notes) {
        var layers = new ArrayList<Layer>();
        config.or(() -> variable(place)).ifPresent(name -> layers.add(named(place, name)));
        add(layers, place.folder().resolve("katydid.conf"), "katydid.conf", "");
        add(layers, place.folder().resolve("katydid.toml"), "katydid.toml", "");
        add(layers, place.folder().resolve("locust.conf"), "locust.conf", "");
        add(layers, place.folder().resolve("pyproject.toml"), "pyproject.toml", "tool.locust");
        add(layers, place.userHome().resolve(".katydid.conf"), "~/.katydid.conf", "");
        add(layers, place.userHome().resolve(".locust.conf"), "~/.locust.conf", "");
        place.install().ifPresent(home -> add(layers, home.resolve("conf/katydid.conf"), "conf/katydid.conf", ""));
        return new Sources(place.environment(), layers, notes);
    }

    private static Optional<String> variable(Place place) {
        return KernelOptions.CONFIG.environmentVariables().stream().map(name -> place.environment().getOrDefault(name, ""))
            .filter(name -> !name.isBlank()).findFirst();
    }

    private static Layer named(Place place, String name) {
        var path = place.folder().resolve(name);
        if (!Files.isRegularFile(path))
            throw Refusal
                .usage("--config: there is no file '" + name + "' in " + place.folder() + ". Give the path of a .conf or .toml file.");
        return layer(path, name, path.getFileName().toString().equals("pyproject.toml") ? "tool.locust" : "");
    }

    private static void add(List<Layer> layers, Path path, String label, String table) {
        if (Files.isRegularFile(path)) layers.add(layer(path, label, table));
    }

    private static Layer layer(Path path, String label, String table) {
        try {
            var text = Files.readString(path);
            var values = label.endsWith(".toml") ? TomlFile.parse(text, table, label) : ConfFile.parse(text, label);
            return new Layer(label, label.endsWith("locust.conf") || label.equals("pyproject.toml"), values);
        } catch (IOException problem) {
            throw Refusal.usage(label + ": the file cannot be read: " + problem.getMessage() + ". Check its rights and that it is UTF-8.");
        }
    }

    /** Gives the strongest text for an option. What only makes sense on a command line is not looked for elsewhere. */
    Optional<Found> find(Option<?> option) {
        if (COMMAND_LINE_ONLY.contains(option.key())) return Optional.empty();
        for (var variable : option.environmentVariables()) {
            var text = environment.get(variable);
            if (text != null && !isOfService(variable, text) && usable(option, text, variable, variable.startsWith("LOCUST_")))
                return Optional.of(new Found(text, variable));
        }
        for (var layer : NOT_IN_FILES.contains(option.key()) ? List.<Layer>of() : layers) {
            var text = layer.values().get(option.key());
            if (text != null && usable(option, text, layer.label(), layer.locust())) return Optional.of(new Found(text, layer.label()));
        }
        return Optional.empty();
    }

    /** Kubernetes gives containers the address of each Service as a variable, such as that of {@code katydid-master} as {@code KATYDID_MASTER_PORT}. */
    private static boolean isOfService(String variable, String text) {
        return variable.endsWith("_PORT") && text.startsWith("tcp://");
    }

    /** A Python script of the reference's own configuration is not meant for us. */
    private boolean usable(Option<?> option, String text, String source, boolean locust) {
        boolean python = locust && option.name().equals("--locustfile") && text.strip().endsWith(".py");
        if (python && noted.add(source))
            notes.accept(
                "The locustfile '" + text.strip() + "' of " + source + " is a Python script and is skipped. Give a .java file with -f.");
        return !python;
    }

    /** Names the keys of files that are no option, or none that a file can set. */
    Map<String, List<String>> unknown(Set<String> keys) {
        var unknown = new LinkedHashMap<String, List<String>>();
        for (var layer : layers) {
            var strange = layer.values().keySet().stream().filter(key -> !keys.contains(key) || NOT_IN_FILES.contains(key)).toList();
            if (!strange.isEmpty()) unknown.put(layer.label(), strange);
        }
        return unknown;
    }
}
