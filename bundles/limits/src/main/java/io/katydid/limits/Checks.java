package io.katydid.limits;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.KatydidException;
import io.katydid.api.Plugin;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the figures of the whole run with {@code --check-…} when it ends; exit code 3 when one is not met. */
@Extension
public final class Checks implements Plugin {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.limits");
    private static final String GROUP = "Checks: exit code 3 when one is not met";
    static final Option<Double> RPS = Option.decimal("--check-rps").env("LOCUST_CHECK_RPS").group(GROUP).placeholder("RATE")
        .help("Requests per second of the whole run, at least");
    static final Option<Double> FAIL_RATIO = Option.decimal("--check-fail-ratio").env("LOCUST_CHECK_FAIL_RATIO").group(GROUP)
        .placeholder("RATIO").help("Ratio of failed requests (0.0-1.0), at most; failures below it do not change the exit code");
    static final Option<Double> AVG_RESPONSE_TIME = Option.decimal("--check-avg-response-time").env("LOCUST_CHECK_AVG_RESPONSE_TIME")
        .group(GROUP).placeholder("MS").help("Average response time in milliseconds, at most");
    private static final int NOT_MET = 3;

    /** Makes one; the platform does. */
    public Checks() {}

    @Override public void options(OptionRegistry options) {
        options.add(RPS).add(FAIL_RATIO).add(AVG_RESPONSE_TIME);
    }

    @Override public void init(Environment environment) {
        var options = environment.parsedOptions();
        options.find(RPS).ifPresent(rate -> require(RPS, rate, rate >= 0, "a rate, 0 or more"));
        options.find(FAIL_RATIO)
            .ifPresent(ratio -> require(FAIL_RATIO, ratio, ratio >= 0 && ratio <= 1, "a ratio from 0 to 1, such as 0.05"));
        options.find(AVG_RESPONSE_TIME).ifPresent(ms -> require(AVG_RESPONSE_TIME, ms, ms >= 0, "milliseconds, 0 or more"));
        environment.events().quitting().addListener(_ -> check(environment));
    }

    private static void require(Option<Double> option, double value, boolean fits, String what) {
        if (!fits) throw new KatydidException(option.name() + " is " + value + ". Give " + what + ".");
    }

    private static void check(Environment environment) {
        var options = environment.parsedOptions();
        var total = environment.stats().total();
        double ratio = total.failRatio();
        double rps = total.totalRps();
        double average = total.avgResponseTime();
        options.find(FAIL_RATIO).ifPresent(most -> {
            // In the reference the option turns --exit-code-on-error off; a code that somebody decided on stays.
            boolean wrong = total.numFailures() > 0 || !environment.stats().exceptions().isEmpty();
            if (wrong && environment.processExitCode().isEmpty()) environment.processExitCode(0);
            verdict(environment, ratio <= most, "fail ratio was %.2f%% (threshold %.2f%%)", ratio * 100, most * 100);
        });
        options.find(RPS).ifPresent(least -> verdict(environment, rps >= least, "total rps was %.1f (threshold %.1f)", rps, least));
        options.find(AVG_RESPONSE_TIME).ifPresent(
            most -> verdict(environment, !(average > most), "avg response time was %.1f (threshold %.1f)", average, most));
    }

    private static void verdict(Environment environment, boolean met, String text, double was, double threshold) {
        var figures = String.format(Locale.ROOT, text, was, threshold);
        if (met) {
            LOG.info("CHECK SUCCESSFUL: {}", figures);
            return;
        }
        LOG.warn("CHECK FAILED: {}", figures);
        environment.processExitCode(NOT_MET);
    }
}
