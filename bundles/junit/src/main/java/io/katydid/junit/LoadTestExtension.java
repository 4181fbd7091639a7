package io.katydid.junit;

import io.katydid.api.Runner;
import io.katydid.api.cli.Option;
import io.katydid.launcher.Katydid;
import io.katydid.launcher.KatydidBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs the users of a {@link LoadTest} and gives its method the result. {@code @LoadTest} brings it along. */
public final class LoadTestExtension implements ParameterResolver, BeforeTestExecutionCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LoadTestExtension.class);
    private static final Option<Duration> RUN_TIME = Option.duration("--runTime");
    private static final Option<Duration> STOP_TIMEOUT = Option.duration("--stopTimeout");
    private static final long LOOK_NANOS = 20_000_000;

    /** Makes the extension; JUnit does. */
    public LoadTestExtension() {}

    @Override public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(LoadTestResult.class)
            && AnnotationSupport.isAnnotated(parameter.getDeclaringExecutable(), LoadTest.class);
    }

    @Override public Object resolveParameter(ParameterContext parameter, ExtensionContext context) { return result(context); }

    /** Runs it also for a method that asks for no result. */
    @Override public void beforeTestExecution(ExtensionContext context) {
        result(context);
    }

    private static LoadTestResult result(ExtensionContext context) {
        var test = AnnotationSupport.findAnnotation(context.getTestMethod(), LoadTest.class).orElseThrow();
        return context.getStore(NAMESPACE).computeIfAbsent(LoadTestResult.class, _ -> run(test, context), LoadTestResult.class);
    }

    private static LoadTestResult run(LoadTest test, ExtensionContext context) {
        if (test.users() < 1) throw new ExtensionConfigurationException(wrong(context, "users", test.users(), "Give 1 or more."));
        if (!(test.spawnRate() > 0))
            throw new ExtensionConfigurationException(wrong(context, "spawnRate", test.spawnRate(), "Give users per second, above 0."));
        var time = span(RUN_TIME, test.runTime(), context);
        try (var environment = builder(test, context).build(); var runner = environment.createLocalRunner()) {
            environment.init();
            var spawned = new CountDownLatch(1);
            environment.events().spawningComplete().addListener(_ -> spawned.countDown());
            runner.start(test.users(), test.spawnRate());
            await(runner, spawned, time);
            runner.quit();
            runner.join();
            return new LoadTestResult(environment.stats().snapshot());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ExtensionConfigurationException("The load test " + context.getDisplayName() + " was interrupted before its end. "
                + "Is a @Timeout shorter than its runTime?", interrupted);
        }
    }

    private static KatydidBuilder builder(LoadTest test, ExtensionContext context) {
        var builder = Katydid.environment(test.value()).tags(test.tags()).excludeTags(test.excludeTags());
        if (!test.host().isBlank()) builder.host(test.host());
        else Hosts.configured(context).ifPresent(builder::host);
        if (!test.stopTimeout().isBlank()) builder.stopTimeout(span(STOP_TIMEOUT, test.stopTimeout(), context));
        return builder;
    }

    private static Duration span(Option<Duration> word, String text, ExtensionContext context) {
        try {
            return word.parse(text);
        } catch (IllegalArgumentException problem) {
            throw new ExtensionConfigurationException(
                "@LoadTest of " + context.getDisplayName() + ": " + String.valueOf(problem.getMessage()).replaceFirst("^--", ""), problem);
        }
    }

    private static String wrong(ExtensionContext context, String word, Object value, String advice) {
        return "@LoadTest of " + context.getDisplayName() + ": " + word + " is " + value + ". " + advice;
    }

    /** Awaits the end of the time, or of all users when they end by themselves. */
    private static void await(Runner runner, CountDownLatch spawned, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end && !(spawned.getCount() == 0 && runner.userCount() == 0)) {
            TimeUnit.NANOSECONDS.sleep(Math.min(LOOK_NANOS, Math.max(1, end - System.nanoTime())));
        }
    }
}
