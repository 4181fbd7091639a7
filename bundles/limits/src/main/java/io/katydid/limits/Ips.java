package io.katydid.limits;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.KatydidException;
import io.katydid.api.Plugin;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replaces all wait times so that all users together start so many tasks a second: {@code --ips}. */
@Extension
public final class Ips implements Plugin {
    static final Option<Double> IPS = Option.decimal("--ips").env("LOCUST_IPS").placeholder("RATE").defaultValue(0.0)
        .help("Replace all wait times by a limit of task iterations per second, over all users; 0 leaves them");
    private @Nullable Environment limited;

    /** Makes one; the platform does. */
    public Ips() {}

    @Override public void options(OptionRegistry options) {
        options.add(IPS);
    }

    @Override public void init(Environment environment) {
        double rate = environment.parsedOptions().get(IPS);
        if (!(rate >= 0) || Double.isInfinite(rate))
            throw new KatydidException("--ips is " + rate + ". Give task iterations per second, such as 50 or 0.5, or 0 for no limit.");
        if (rate == 0) return;
        limited = environment;
        var wait = Schedule.of(environment).every(1 / rate);
        // At each start: an edited script has classes of its own.
        environment.events().testStart().addListener(_ -> environment.userClasses().forEach(type -> type.waitTime(Optional.of(wait))));
    }

    @Override public void close() {
        var environment = limited;
        limited = null;
        if (environment != null) environment.userClasses().forEach(type -> type.waitTime(Optional.empty()));
    }
}
