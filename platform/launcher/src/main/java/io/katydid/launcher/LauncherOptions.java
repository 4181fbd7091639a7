package io.katydid.launcher;

import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;

/** Lists the options that are only for the start. */
final class LauncherOptions {
    static final Option<Boolean> HELP = Option.flag("--help").alias("-h").group("Common options").help("Show this page and end")
        .hiddenInWebUI();
    static final Option<Boolean> VERSION = Option.flag("--version").alias("-V").group("Other options").help("Show the version and end")
        .hiddenInWebUI();

    static final Option<String> PLUGIN_UPDATE = Option.string("--plugin-update").choices("roll", "next-run").defaultValue("roll")
        .group("Other options")
        .help(
            "What happens to running users when a bundle they use is updated: they are replaced one by one, or run on until the next start");

    static final Option<Boolean> PLUGINS_UNSAFE = Option.flag("--plugins-unsafe").group("Common options")
        .help("Also load bundles from folders that everybody may write to").hiddenInWebUI();
    static final Option<String> DISPATCHER = Option.string("--dispatcher").group("Other options").placeholder("NAME")
        .help("Let a bundle decide which user is spawned next: the name of its UserDispatcher.Factory. Default: the built-in one");
    static final Option<String> SHAPE = Option.string("--shape").group("Common options").placeholder("NAME")
        .help("The load shape to run, of the script or of a bundle. Default: the script's first, if it has one");

    private LauncherOptions() {}

    static void addTo(OptionRegistry options) {
        options.add(HELP);
        options.add(VERSION);
        options.add(PLUGIN_UPDATE);
        options.add(PLUGINS_UNSAFE);
        options.add(DISPATCHER);
        options.add(SHAPE);
        RetiredOptions.addTo(options);
    }
}
