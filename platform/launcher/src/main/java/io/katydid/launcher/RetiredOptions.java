package io.katydid.launcher;

import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.api.cli.ParsedOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lists the options that the reference has given up: whoever still sets one, wherever, is told what took its place. */
final class RetiredOptions {
    private static final Map<Option<?>, String> ALL = new LinkedHashMap<>();

    static {
        ALL.put(Option.string("--web-auth").env("LOCUST_WEB_AUTH"),
            "has been replaced with --web-login. Leave it out, and protect the console with --web-login.");
        ALL.put(Option.flag("--legacy-ui").env("LOCUST_LEGACY_UI"), "is no longer supported. Leave it out: there is one console.");
        ALL.put(Option.flag("--slave"), "has been renamed --worker. Write --worker.");
        ALL.put(Option.integer("--expect-slaves"), "has been renamed --expect-workers. Write --expect-workers N.");
    }

    private RetiredOptions() {}

    static void addTo(OptionRegistry options) {
        ALL.keySet().forEach(option -> options.add(option.hidden().hiddenInWebUI()));
    }

    static void refuse(ParsedOptions parsed) {
        ALL.forEach((option, instead) -> {
            if (parsed.find(option).isEmpty() || parsed.find(option).get().equals(false)) return;
            var source = parsed.source(option.key());
            throw new Refusal(ExitCode.NOT_STARTED, option.name() + " " + instead
                + (source.equals(OptionResolver.COMMAND_LINE) ? "" : " (from " + source + ")"));
        });
    }
}
