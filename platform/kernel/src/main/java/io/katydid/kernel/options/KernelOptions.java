package io.katydid.kernel.options;

import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import java.time.Duration;
import java.util.List;

/** Lists the platform's own options, with the names, variables and defaults of the reference. */
public final class KernelOptions {
    private static final String COMMON = "Common options";
    private static final String TAGS_GROUP = "Tag options";
    private static final String STATS_GROUP = "Request statistics options";
    private static final String LOG_GROUP = "Logging options";
    private static final String OTHER = "Other options";
    private static final String CONSOLE = "Web UI options";

    /** Names the scripts. */
    public static final Option<String> LOCUSTFILE = Option.string("--locustfile").alias("-f", "--file").env("LOCUST_LOCUSTFILE")
        .group(COMMON).placeholder("FILE")
        .help("A script, several separated by commas, a folder, an http(s) URL, or - for standard input. Default: ./katydidfile.java")
        .hiddenInWebUI();
    /** Names a configuration file. */
    public static final Option<String> CONFIG = Option.string("--config").group(COMMON).placeholder("FILE")
        .help("A further configuration file, .conf or .toml").hiddenInWebUI();
    /** Is the base URL. */
    public static final Option<String> HOST = Option.string("--host").alias("-H").env("LOCUST_HOST").group(COMMON).placeholder("URL")
        .help("The base URL of all users, such as https://shop.example.com");
    /** Is the peak number of users. */
    public static final Option<Integer> USERS = Option.integer("--users").alias("-u").env("LOCUST_USERS").group(COMMON).placeholder("N")
        .help("The peak number of users; 1 when headless. Keys w/W add 1/10, s/S take 1/10 away");
    /** Is the rate of the ramp. */
    public static final Option<Double> SPAWN_RATE = Option.decimal("--spawn-rate").alias("-r").env("LOCUST_SPAWN_RATE").group(COMMON)
        .placeholder("N")
        .help("Users started per second; 1 when headless");
    /** Is the length of the run. */
    public static final Option<Duration> RUN_TIME = Option.duration("--run-time").alias("-t").env("LOCUST_RUN_TIME").group(COMMON)
        .placeholder("TIME")
        .help("Stop after this time, such as 300s, 20m, 3h, 1h30m; needs --headless or --autostart. Default: for ever");
    /** Lists user classes. */
    public static final Option<Boolean> LIST = Option.flag("--list").alias("-l").group(COMMON).help("List the user classes and end")
        .hiddenInWebUI();
    /** Edits user classes. */
    public static final Option<List<String>> CONFIG_USERS = Option.strings("--config-users").env("LOCUST_CONFIG_USERS").group(COMMON)
        .placeholder("JSON")
        .help("Change user classes by JSON or a .json file: {\"user_class_name\": \"X\", \"weight\": 2, …}").hiddenInWebUI();
    /** Chooses plugins. */
    public static final Option<String> PLUGINS = Option.string("--plugins").env("LOCUST_PLUGINS").group(COMMON).placeholder("LIST")
        .help("Load only these bundles: names, jars, folders; -name leaves one out; none loads none. Default: all").hiddenInWebUI();
    /** Runs without a console. */
    public static final Option<Boolean> HEADLESS = Option.flag("--headless").env("LOCUST_HEADLESS").group(CONSOLE)
        .help("Start at once, without the web console").hiddenInWebUI();
    /** Starts at once. */
    public static final Option<Boolean> AUTOSTART = Option.flag("--autostart").env("LOCUST_AUTOSTART").group(CONSOLE)
        .help("Start at once and keep the console").hiddenInWebUI();
    /** Ends after the run. */
    public static final Option<Integer> AUTOQUIT = Option.integer("--autoquit").env("LOCUST_AUTOQUIT").group(CONSOLE).defaultValue(-1)
        .placeholder("SECONDS")
        .help("End so many seconds after the run; needs --autostart. Default: never").hiddenInWebUI();
    /** Undoes headless from a file. */
    public static final Option<Boolean> HEADFUL = Option.flag("--headful").env("LOCUST_HEADFUL").hidden().hiddenInWebUI();
    /** Runs tagged tasks only. */
    public static final Option<List<String>> TAGS = Option.strings("--tags").alias("-T").env("LOCUST_TAGS").group(TAGS_GROUP)
        .placeholder("TAG")
        .help("Run only tasks with one of these tags").hiddenInWebUI();
    /** Leaves tagged tasks out. */
    public static final Option<List<String>> EXCLUDE_TAGS = Option.strings("--exclude-tags").alias("-E").env("LOCUST_EXCLUDE_TAGS")
        .group(TAGS_GROUP).placeholder("TAG")
        .help("Run no task with one of these tags; wins over --tags").hiddenInWebUI();
    /** Resets statistics after the ramp. */
    public static final Option<Boolean> RESET_STATS = Option.flag("--reset-stats").env("LOCUST_RESET_STATS").group(STATS_GROUP)
        .help("Reset the statistics when the ramp is done").hiddenInWebUI();
    /** Caps the names. */
    public static final Option<Integer> MAX_NAMES = Option.integer("--max-names").group(STATS_GROUP).defaultValue(1000).placeholder("N")
        .help("Tell so many names of requests apart; further ones are counted as (other)").hiddenInWebUI();
    /** Leaves logging alone. */
    public static final Option<Boolean> SKIP_LOG_SETUP = Option.flag("--skip-log-setup").env("LOCUST_SKIP_LOG_SETUP").group(LOG_GROUP)
        .help("Leave logging as the JVM has it").hiddenInWebUI();
    /** Is the log level. */
    public static final Option<String> LOGLEVEL = Option.string("--loglevel").alias("-L").env("LOCUST_LOGLEVEL").group(LOG_GROUP)
        .defaultValue("INFO").placeholder("LEVEL")
        .help("DEBUG, INFO, WARNING, ERROR or CRITICAL; verbs such as demo begin with WARNING").hiddenInWebUI();
    /** Is the log file. */
    public static final Option<String> LOGFILE = Option.string("--logfile").env("LOCUST_LOGFILE").group(LOG_GROUP).placeholder("FILE")
        .help("Log to this file. Default: standard error").hiddenInWebUI();
    /** Prints the ratios. */
    public static final Option<Boolean> SHOW_TASK_RATIO = Option.flag("--show-task-ratio").group(OTHER)
        .help("Print how often each task is picked and end").hiddenInWebUI();
    /** Prints the ratios as JSON. */
    public static final Option<Boolean> SHOW_TASK_RATIO_JSON = Option.flag("--show-task-ratio-json").group(OTHER)
        .help("Print how often each task is picked as JSON and end").hiddenInWebUI();
    /** Is the exit code of a run with failures. */
    public static final Option<Integer> EXIT_CODE_ON_ERROR = Option.integer("--exit-code-on-error").env("LOCUST_EXIT_CODE_ON_ERROR")
        .group(OTHER).defaultValue(1).placeholder("CODE")
        .help("The exit code when there was a failure or an exception").hiddenInWebUI();
    /** Is how long tasks may finish. */
    public static final Option<Duration> STOP_TIMEOUT = Option.duration("--stop-timeout").alias("-s").env("LOCUST_STOP_TIMEOUT")
        .group(OTHER).defaultValue(Duration.ZERO).placeholder("TIME")
        .help("Let running tasks finish for so long when the test stops").hiddenInWebUI();
    /** Is how long requests may finish. */
    public static final Option<Duration> DRAIN = Option.duration("--drain").group(OTHER).defaultValue(Duration.ofSeconds(1))
        .placeholder("TIME")
        .help("Await requests in flight for so long when the test stops; 0 cuts them off").hiddenInWebUI();
    /** Makes all weights equal. */
    public static final Option<Boolean> EQUAL_WEIGHTS = Option.flag("--equal-weights").group(OTHER)
        .help("Give all user classes and tasks the same weight").hiddenInWebUI();
    /** Labels the run. */
    public static final Option<String> PROFILE = Option.string("--profile").group(OTHER).placeholder("NAME")
        .help("A label of the run, shown in reports");
    /** Is the number of loops. */
    public static final Option<Integer> LOOPS = Option.integer("--loops").group(OTHER).placeholder("N")
        .help("Run users on so many carrier loops. Default: one per core").hiddenInWebUI();
    /** Keeps loops from sleeping. */
    public static final Option<Boolean> BUSY_POLL = Option.flag("--busy-poll").group(OTHER)
        .help("Keep loops from sleeping while users run: a whole core for each, and times without the machine's wake-ups").hiddenInWebUI();

    private static final List<Option<?>> ALL = List.of(LOCUSTFILE, CONFIG, HOST, USERS, SPAWN_RATE, RUN_TIME, LIST, CONFIG_USERS, PLUGINS,
        HEADLESS, AUTOSTART,
        AUTOQUIT, HEADFUL, TAGS, EXCLUDE_TAGS, RESET_STATS, MAX_NAMES, SKIP_LOG_SETUP, LOGLEVEL, LOGFILE, SHOW_TASK_RATIO,
        SHOW_TASK_RATIO_JSON,
        EXIT_CODE_ON_ERROR, STOP_TIMEOUT, DRAIN, EQUAL_WEIGHTS, PROFILE, LOOPS, BUSY_POLL);

    private KernelOptions() {}

    /** Adds them all. */
    public static void addTo(OptionRegistry registry) {
        ALL.forEach(registry::add);
    }
}
