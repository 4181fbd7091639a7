package io.katydid.launcher;

import io.katydid.api.Environment;
import io.katydid.api.EventDispatcher;
import io.katydid.api.LoadTestShape;
import io.katydid.api.Plugin;
import io.katydid.api.User;
import io.katydid.api.UserDispatcher;
import io.katydid.api.cli.ParsedOptions;
import io.katydid.kernel.EnvironmentBuilder;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Collects what an environment is made of. Each method gives the builder back; not for several threads. */
public final class KatydidBuilder {
    private final EnvironmentBuilder builder;

    KatydidBuilder(Collection<Class<? extends User>> userClasses) {
        LogSetup.forLibraryUse();
        builder = new EnvironmentBuilder();
        builder.userClasses(userClasses);
    }

    /** Sets the base URL of all users; it wins over {@code @Host}. */
    public KatydidBuilder host(String url) {
        builder.host(url);
        return this;
    }

    /** Sets the load shape; {@code runner.startShape()} starts it. */
    public KatydidBuilder shape(LoadTestShape shape) {
        builder.shape(shape);
        return this;
    }

    /** Runs only tasks with one of these tags. */
    public KatydidBuilder tags(String... tags) {
        builder.tags(List.of(tags));
        return this;
    }

    /** Runs no task with one of these tags; wins over {@link #tags}. */
    public KatydidBuilder excludeTags(String... tags) {
        builder.excludeTags(List.of(tags));
        return this;
    }

    /** Attaches labels to the statistics output. */
    public KatydidBuilder labels(Map<String, String> labels) {
        builder.labels(labels);
        return this;
    }

    /** Lets running tasks finish for so long when the test stops; not at all by default. */
    public KatydidBuilder stopTimeout(Duration time) {
        builder.stopTimeout(time);
        return this;
    }

    /** Awaits requests in flight for so long when the test stops; 1 s by default. */
    public KatydidBuilder drain(Duration time) {
        builder.drain(time);
        return this;
    }

    /** Lets a user go on after an exception in a task (default), or end. */
    public KatydidBuilder catchExceptions(boolean on) {
        builder.catchExceptions(on);
        return this;
    }

    /** Brings events to their listeners in another way. */
    public KatydidBuilder eventDispatcher(EventDispatcher dispatcher) {
        builder.eventDispatcher(dispatcher);
        return this;
    }

    /** Sets the values of options; the platform's defaults otherwise. */
    public KatydidBuilder parsedOptions(ParsedOptions options) {
        builder.parsedOptions(options);
        return this;
    }

    /** Adds a plugin; it starts with {@link Environment#init()}, in the order of the calls. */
    public KatydidBuilder plugin(Plugin plugin) {
        builder.plugin(plugin);
        return this;
    }

    /** Spawns users in another order. */
    public KatydidBuilder dispatcher(UserDispatcher.Factory factory) {
        builder.userDispatcher(factory);
        return this;
    }

    /** Labels the run in reports. */
    public KatydidBuilder profile(String name) {
        builder.profile(name);
        return this;
    }

    /** Resets the statistics when the ramp is done; off by default. */
    public KatydidBuilder resetStats(boolean on) {
        builder.resetStats(on);
        return this;
    }

    /** Tells so many names of requests apart, 1000 by default; further ones are counted as {@code (other)}. */
    public KatydidBuilder maxNames(int names) {
        builder.maxNames(names);
        return this;
    }

    /** Keeps what percentiles of the last ten seconds need (default), or not. */
    public KatydidBuilder useResponseTimesCache(boolean on) {
        builder.useResponseTimesCache(on);
        return this;
    }

    /** Gives all user classes and tasks the same weight; off by default. */
    public KatydidBuilder equalWeights(boolean on) {
        builder.equalWeights(on);
        return this;
    }

    /** Runs users on so many carrier loops, at least 1; one per core by default. */
    public KatydidBuilder loops(int count) {
        builder.loops(count);
        return this;
    }

    /** Keeps carrier loops from sleeping while they have users, each of which then takes a whole core; off by default. */
    public KatydidBuilder busyPoll(boolean on) {
        builder.busyPoll(on);
        return this;
    }

    /** Runs users on the JDK's default scheduler (true) instead of carrier loops. */
    public KatydidBuilder forceFallback(boolean on) {
        builder.forceFallback(on);
        return this;
    }

    /** Makes the environment; an error when two user classes have one name or a task set is wrong. */
    public Environment build() {
        return builder.build();
    }
}
