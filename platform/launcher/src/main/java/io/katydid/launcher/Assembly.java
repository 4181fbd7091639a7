package io.katydid.launcher;

import io.katydid.api.LoadTestShape;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.UserDispatcher;
import io.katydid.api.cli.ParsedOptions;
import io.katydid.api.web.WebServer;
import io.katydid.cluster.ZmqCluster;
import io.katydid.kernel.KernelEnvironment;
import io.katydid.kernel.options.KernelOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the environment of a start from its options and script. */
final class Assembly {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private static final List<String> CLASS_VARIABLES = List.of("KATYDID_USER_CLASSES", "LOCUST_USER_CLASSES");

    private Assembly() {}

    static KernelEnvironment build(Launch.Parsed parsed, boolean headless, Place place) {
        var options = parsed.options();
        var builder = parsed.builder().parsedOptions(options);
        options.find(KernelOptions.HOST).ifPresent(builder::host);
        options.find(KernelOptions.PROFILE).ifPresent(builder::profile);
        options.find(KernelOptions.LOOPS).ifPresent(builder::loops);
        builder.tags(options.get(KernelOptions.TAGS)).excludeTags(options.get(KernelOptions.EXCLUDE_TAGS))
            .stopTimeout(options.get(KernelOptions.STOP_TIMEOUT))
            .drain(options.get(KernelOptions.DRAIN)).resetStats(options.get(KernelOptions.RESET_STATS))
            .maxNames(options.get(KernelOptions.MAX_NAMES))
            .equalWeights(options.get(KernelOptions.EQUAL_WEIGHTS)).busyPoll(options.get(KernelOptions.BUSY_POLL)).headless(headless);
        if (parsed.command().isEmpty()) {
            builder.userClasses(chosen(parsed.script(), parsed.line(), place)).scriptSource(parsed.edits());
            shape(parsed.script(), options, parsed.platform()).ifPresent(builder::shape);
            dispatcher(options, parsed.platform()).ifPresent(builder::userDispatcher);
        } else {
            builder.userClasses(parsed.script().userClasses());
        }
        var platform = parsed.platform();
        var goods = MasterGoods.of(platform, options, place);
        builder.cluster(() -> new ZmqCluster(goods));
        builder.webServer(() -> platform.offers(WebServer.class).stream().findFirst().map(offer -> offer.create().get()));
        var environment = builder.build();
        ConfigUsers.apply(ConfigUsers.read(options.get(KernelOptions.CONFIG_USERS), place.folder()), environment);
        return environment;
    }

    /** Tells whether the run has no console: it was asked for, or there is none. */
    static boolean headless(Launch.Parsed parsed) {
        var options = parsed.options();
        boolean undone = options.get(KernelOptions.HEADFUL) && !options.source("headless").equals(OptionResolver.COMMAND_LINE);
        if (Role.of(options) == Role.WORKER) return true;
        if (options.get(KernelOptions.HEADLESS) && !undone) return true;
        return parsed.platform().offers(WebServer.class).isEmpty();
    }

    /** Gives the shape that {@code --shape} names, of the script or of a bundle; without it the script's first. */
    static Optional<LoadTestShape> shape(Platform.Script script, ParsedOptions options, Platform platform) {
        var name = options.find(LauncherOptions.SHAPE);
        if (name.isEmpty()) return script.shapes().stream().findFirst().map(Instances::of);
        var own = script.shapes().stream().filter(type -> type.getSimpleName().equals(name.get())).findFirst();
        if (own.isPresent()) return own.map(Instances::of);
        var offers = platform.offers(LoadTestShape.class);
        var known = Stream.concat(script.shapes().stream().map(Class::getSimpleName), offers.stream().map(Platform.Offer::name)).toList();
        return Optional.of(named("--shape", name.get(), offers, known, "load shape").create().get());
    }

    /** Gives what makes dispatchers, when {@code --dispatcher} names one; looked for again at each start: its bundle may have been updated. */
    private static Optional<UserDispatcher.Factory> dispatcher(ParsedOptions options, Platform platform) {
        var name = options.find(LauncherOptions.DISPATCHER);
        if (name.isEmpty()) return Optional.empty();
        Supplier<Platform.Offer<UserDispatcher.Factory>> find = () -> {
            var offers = platform.offers(UserDispatcher.Factory.class);
            return named("--dispatcher", name.get(), offers, offers.stream().map(Platform.Offer::name).toList(), "dispatcher");
        };
        LOG.info("Users are dispatched by {} of the bundle {}", name.get(), find.get().owner());
        return Optional.of((classes, workers) -> find.get().create().get().create(classes, workers));
    }

    private static <T> Platform.Offer<T> named(String option, String name, List<Platform.Offer<T>> offers, List<String> known,
        String what) {
        return offers.stream().filter(offer -> offer.name().equals(name)).findFirst()
            .orElseThrow(() -> Refusal.usage(option + ": there is no " + what + " called '" + name + "'."
                + (known.isEmpty() ? " No bundle offers one: put its jar into plugins/."
                    : Suggestions.didYouMean(name, known) + " There are: " + String.join(", ", known) + ".")));
    }

    static List<Class<? extends User>> chosen(Platform.Script script, CommandLine line, Place place) {
        var all = script.userClasses();
        if (all.isEmpty())
            throw new Refusal(ExitCode.NOT_STARTED,
                "No User class found! The script has no concrete class that extends User. Write one, or give another script with -f.");
        var names = line.positional().isEmpty() ? fromVariables(place) : line.positional();
        if (names.isEmpty()) return all;
        var known = all.stream().map(Class::getSimpleName).toList();
        var unknown = names.stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw new Refusal(ExitCode.NOT_STARTED,
                "Unknown User(s): " + String.join(", ", unknown) + "." + Suggestions.didYouMean(unknown.getFirst(), known)
                    + " The script has "
                    + String.join(", ", known) + ".");
        }
        return new ArrayList<>(all.stream().filter(type -> names.contains(type.getSimpleName())).toList());
    }

    private static List<String> fromVariables(Place place) {
        return CLASS_VARIABLES.stream().map(name -> place.environment().getOrDefault(name, "")).filter(text -> !text.isBlank()).findFirst()
            .map(text -> List.of(text.strip().split("\\s+"))).orElse(List.of());
    }

    /** Prints what was asked for instead of a run. */
    static Optional<Integer> printed(KernelEnvironment environment, ParsedOptions options, Place place) {
        if (options.get(KernelOptions.LIST)) {
            place.out().println("Available Users:");
            environment.userClasses().stream().map(UserClass::name).forEach(name -> place.out().println("    " + name));
            return Optional.of(ExitCode.OK.code());
        }
        if (options.get(KernelOptions.SHOW_TASK_RATIO)) {
            place.out().print(TaskRatioTable.text(environment.taskRatios()));
            return Optional.of(ExitCode.OK.code());
        }
        if (options.get(KernelOptions.SHOW_TASK_RATIO_JSON)) {
            place.out().print(TaskRatioTable.json(environment.taskRatios()));
            return Optional.of(ExitCode.OK.code());
        }
        fixedCounts(environment, options);
        return Optional.empty();
    }

    private static void fixedCounts(KernelEnvironment environment, ParsedOptions options) {
        int fixed = environment.userClasses().stream().mapToInt(UserClass::fixedCount).sum();
        int users = options.find(KernelOptions.USERS).orElse(1);
        if (fixed > users)
            LOG.info(
                "Total fixed_count of User classes ({}) is greater than the specified number of users ({}), so not all will be spawned.",
                fixed, users);
    }
}
