package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests that are meant to fail, and gives what failed: a contract that finds nothing is worth nothing. */
final class Broken implements TestExecutionListener {
    private final Map<String, String> failures = new TreeMap<>();
    private int ran;

    private Broken() {}

    /** Runs all tests of a class. */
    static Broken run(Class<?> type) { return run(selectClass(type)); }

    /** Runs one test of a class. */
    static Broken run(Class<?> type, String method) { return run(selectMethod(type, method)); }

    private static Broken run(DiscoverySelector selector) {
        var heard = new Broken();
        var config = LauncherConfig.builder().enableLauncherSessionListenerAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(
                false)
            .build();
        LauncherFactory.create(config).execute(LauncherDiscoveryRequestBuilder.request().selectors(selector).build(), heard);
        assertThat(heard.ran).as("tests that were run").isPositive();
        return heard;
    }

    @Override public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) ran++;
        result.getThrowable().ifPresent(problem -> failures.put(test.getDisplayName().replaceFirst("\\(.*", ""), String.valueOf(problem)));
    }

    /** Checks that a test failed, and why. */
    Broken failed(String test, String why) {
        assertThat(failures).as("tests that failed").containsKey(test);
        assertThat(failures.get(test)).as("why " + test + " failed").contains(why);
        return this;
    }

    /** Checks that nothing else failed. */
    void andNothingElse(int failed) {
        assertThat(failures).hasSize(failed);
    }
}
