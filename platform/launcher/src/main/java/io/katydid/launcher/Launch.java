package io.katydid.launcher;

import io.katydid.api.Command;
import io.katydid.api.KatydidException;
import io.katydid.api.Plugin;
import io.katydid.api.cli.ParsedOptions;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.KernelEnvironment;
import io.katydid.kernel.options.KernelOptions;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * Is one start, in its order: lenient scan, what the master gives, bundles, script, options, strict parse, environment, plugins, run. Gives the exit code and ends nothing itself.
 */
final class Launch {
    static final String DEFAULT_SCRIPT = "katydidfile.java";
    private final Place place;
    private final Platform.Opener opener;
    private final Consumer<Runnable> signals;

    /** Makes one; {@code signals} is told what to call when the process is asked to end. */
    Launch(Place place, Platform.Opener opener, Consumer<Runnable> signals) {
        this.place = place;
        this.opener = opener;
        this.signals = signals;
    }

    int run(List<String> arguments) {
        try {
            return phases(arguments);
        } catch (Refusal refusal) {
            place.err().println("katydid: " + refusal.getMessage());
            return refusal.code().code();
        } catch (KatydidException problem) {
            place.err().println(problem.getMessage());
            if (debug(arguments)) problem.printStackTrace(place.err());
            return ExitCode.NOT_STARTED.code();
        } catch (Exception | LinkageError problem) {
            place.err().println("katydid: the run could not start: " + problem + ". Add --loglevel DEBUG for the stack trace.");
            if (debug(arguments)) problem.printStackTrace(place.err());
            return ExitCode.NOT_STARTED.code();
        } finally {
            place.out().flush();
            place.err().flush();
        }
    }

    private static boolean debug(List<String> arguments) {
        return arguments.stream().anyMatch(word -> word.toUpperCase(Locale.ROOT).endsWith("DEBUG"));
    }

    private int phases(List<String> arguments) throws Exception {
        var verb = arguments.stream().findFirst().filter(word -> word.matches("[a-z][a-z-]*")).orElse("");
        var rest = verb.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        var scan = LenientScan.of(rest);
        if (scan.version()) {
            place.out().println(Version.line(place));
            return ExitCode.OK.code();
        }
        if (!scan.help()) {
            var own = Verbs.alone(verb, place, rest);
            if (own.isPresent()) return own.get();
        }
        var sources = Sources.read(place, scan.config(), note -> place.err().println("katydid: " + note));
        if (!rest.contains("--skip-log-setup") && sources.find(KernelOptions.SKIP_LOG_SETUP).isEmpty())
            LogSetup.install("WARNING", place.err(), place.err());
        var plugins = scan.plugins().or(() -> sources.find(KernelOptions.PLUGINS).map(Sources.Found::text)).orElse("");
        boolean unsafe = scan.pluginsUnsafe()
            || sources.find(LauncherOptions.PLUGINS_UNSAFE).map(found -> LauncherOptions.PLUGINS_UNSAFE.parse(found.text()))
                .orElse(false);
        var locators = locators(scan, sources);
        var arrived = verb.isEmpty() && !scan.help() ? Arrival.of(place, rest, sources, locators) : Optional.<Arrival.Arrived>empty();
        try (var platform = opener.open(place, new Platform.Selected(plugins, unsafe, arrived.flatMap(Arrival.Arrived::plugins)))) {
            var words = new Words(verb, rest, arguments, arrived.map(Arrival.Arrived::locators).orElse(locators),
                arrived.map(Arrival.Arrived::text));
            return withBundles(words, scan, sources, platform).run();
        }
    }

    /**
     * Is what was typed.
     *
     * @param verb the first word when it may be a verb
     * @param rest the words without it
     * @param all all words
     * @param locators the scripts to load
     * @param arrived says what the master gave, if it did
     */
    private record Words(String verb, List<String> rest, List<String> all, List<String> locators, Optional<String> arrived) {}

    /** Is what is left to do. It is done outside of the methods that prepare it: their variables would keep the script alive that an edit has replaced. */
    private interface Step {
        int run() throws Exception;
    }

    private Step withBundles(Words words, LenientScan scan, Sources sources, Platform platform) throws Exception {
        var command = command(words.verb(), platform);
        boolean ownVerb = words.verb().equals(Verbs.CONFIG);
        boolean verb = command.isPresent() || Verbs.NAMES.containsKey(words.verb());
        var builder = new EnvironmentBuilder();
        var declared = new Declared(builder.events(), place);
        declared.bundles(platform.offers(Plugin.class), builder);
        declared.verb(command);
        var plugins = new OwnedPlugins(platform, declared);
        if (words.verb().equals(Verbs.PLUGINS) && !scan.help())
            return () -> new PluginsVerb(plugins, platform.refused(), place).run(words.rest(), declared.platforms());
        builder.plugins(plugins);
        boolean wantsScript = verb || scan.help()
            ? !scan.locators().isEmpty() || command.isEmpty() && Files.exists(place.folder().resolve(DEFAULT_SCRIPT)) : true;
        var script = wantsScript ? platform.load(words.locators()) : new Platform.Script(List.of(), List.of(), List.of(), List.of());
        var with = declared.script(script);
        if (scan.help()) return () -> help(with, platform);
        var line = CommandLine.parse(verb ? words.rest() : words.all(), with.all());
        var options = OptionResolver.resolve(with.all(), line, sources);
        OptionResolver.unknownKeys(with.all(), sources).forEach(text -> place.err().println("katydid: " + text));
        if (ownVerb) return () -> ConfigCommand.print(with.all(), options, place);
        builder.script(with.plugins(), script.listeners()).customOptions(declared.ofMaster());
        var edits = new ScriptEdits(platform, script, declared, line, sources, place);
        return withOptions(new Parsed(builder, options, line, script, edits, command, platform, words.arrived()),
            environment -> new LiveBundles(environment, declared, edits, line, sources));
    }

    /** Is all that is known before the environment is made. */
    record Parsed(EnvironmentBuilder builder, ParsedOptions options, CommandLine line, Platform.Script script, ScriptEdits edits,
        Optional<Command> command, Platform platform, Optional<String> arrived) {}

    private Step withOptions(Parsed parsed, Function<KernelEnvironment, LiveBundles> live) {
        LogSetup.from(parsed.options(), parsed.command().isPresent(), place).ifPresent(log -> parsed.builder().logLines(log::lines));
        parsed.arrived().ifPresent(text -> LoggerFactory.getLogger("katydid.main").info("{}", text));
        if (parsed.command().isEmpty() && Role.of(parsed.options()) == Role.PARENT)
            return parent(parsed.line(), Role.children(parsed.options()));
        boolean headless = Assembly.headless(parsed);
        var environment = Assembly.build(parsed, headless, place);
        var line = parsed.line();
        return new Start(environment, parsed.command(), headless, parsed.platform(), live.apply(environment),
            (count, master) -> Children.start(count, line, place, master));
    }

    /** Starts workers of a master elsewhere, and ends when they have ended, with the greatest of their exit codes. */
    private Step parent(CommandLine line, int count) {
        return () -> {
            try (var children = Children.start(count, line, place, List.of())) {
                signals.accept(children::close);
                return children.await();
            }
        };
    }

    /** Runs the verb, prints what was asked for, or runs the test. */
    private final class Start implements Step {
        private final KernelEnvironment environment;
        private final Optional<Command> command;
        private final RunFlow flow;
        private final Platform platform;
        private final LiveBundles live;

        Start(KernelEnvironment environment, Optional<Command> command, boolean headless, Platform platform, LiveBundles live,
            BiFunction<Integer, List<String>, Children> children) {
            this.platform = platform;
            this.live = live;
            this.environment = environment;
            this.command = command;
            flow = new RunFlow(environment, headless, signals, children);
        }

        @Override public int run() throws Exception {
            int onError = environment.parsedOptions().get(KernelOptions.EXIT_CODE_ON_ERROR);
            try (environment; var _ = ExitWatch.over(place.err(), () -> environment.abandon(onError))) {
                var printed = command.isPresent() ? Optional.<Integer>empty()
                    : Assembly.printed(environment, environment.parsedOptions(), place);
                if (printed.isPresent()) return printed.get();
                live.atTheEndOfATest();
                platform.watch(live);
                if (command.isPresent()) return flow.command(command.get());
                LoggerFactory.getLogger("katydid.main").info("Starting Katydid {}", Version.number());
                return flow.run(place.in());
            }
        }
    }

    private int help(Declared.WithScript declared, Platform platform) {
        var verbs = new TreeMap<>(Verbs.NAMES);
        for (var offer : platform.offers(Command.class)) {
            var command = offer.create().get();
            verbs.put(command.name(), command.description());
        }
        place.out().print(HelpPage.of(declared.owned(), verbs));
        return ExitCode.OK.code();
    }

    private static Optional<Command> command(String verb, Platform platform) {
        if (verb.isEmpty()) return Optional.empty();
        return platform.offers(Command.class).stream().<Command>map(offer -> offer.create().get())
            .filter(command -> command.name().equals(verb)).findFirst();
    }

    private static List<String> locators(LenientScan scan, Sources sources) {
        if (!scan.locators().isEmpty()) return scan.locators();
        return sources.find(KernelOptions.LOCUSTFILE).map(found -> LenientScan.split(found.text())).orElse(List.of());
    }
}
