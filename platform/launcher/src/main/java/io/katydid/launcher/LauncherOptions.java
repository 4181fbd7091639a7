package io.katydid.launcher;

import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;

/** Lists the options that are only for the start. */
final class LauncherOptions {
    static final Option<Boolean> HELP = Option.flag("--help").alias("-h").group("Common options").help("Show this page and end")
        .hiddenInWebUI();
    static final Option<Boolean> VERSION = Option.flag("--version").alias("-V").group("Other options").help("Show the version and end")
        .hiddenInWebUI();

    private LauncherOptions() {}

    static void addTo(OptionRegistry options) {
        options.add(HELP);
        options.add(VERSION);
    }
}
