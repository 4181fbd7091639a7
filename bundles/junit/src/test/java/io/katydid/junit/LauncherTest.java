package io.katydid.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Host;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests that are wrong, and projects with a mind of their own about extensions. */
class LauncherTest {

    static class Idle extends User {
        @Task void idle() { sleep(1); }
    }

    static class NoHost {
        @Test void asks(HttpSession session) {
            throw new AssertionError("got " + session);
        }
    }

    static class BadTime {
        @LoadTest(value = Idle.class, runTime = "soon") void soon() {}

        @LoadTest(value = Idle.class, users = 0) void nobody() {}

        @LoadTest(value = Idle.class, spawnRate = 0) void never() {}
    }

    @Host("http://127.0.0.1:9")
    @ExtendWith(SessionExtension.class)
    static class Explicit {
        @Test void asks(HttpSession session) {
            assertThat(session.baseUrl()).isEqualTo("http://127.0.0.1:9");
        }
    }

    @Host("http://127.0.0.1:9")
    static class ByItself {
        @Test void asks(HttpSession session) {
            assertThat(session.baseUrl()).isEqualTo("http://127.0.0.1:9");
        }
    }

    private static List<String> run(Class<?> type, String... autodetection) {
        var seen = new ArrayList<String>();
        var request = LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(type));
        if (autodetection.length > 0) request.configurationParameter(SessionsByThemselves.ENABLED, autodetection[0]);
        LauncherFactory.create().execute(request.build(), new TestExecutionListener() {
            @Override public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) seen.add(result.getThrowable().map(Throwable::getMessage).orElse("passed"));
            }
        });
        return seen;
    }

    @Test void whatIsWrongIsSaidInWords() {
        assertThat(run(NoHost.class)).singleElement().asString().contains("asks for an HttpSession, and there is no base URL for it. "
            + "Run the tests with -Dkatydid.host=http://… or put @Host(\"http://…\") on the class of the test.");
        assertThat(run(BadTime.class)).containsExactlyInAnyOrder(
            "@LoadTest of soon(): runTime: Invalid time span format 'soon'. Valid formats: 20, 20s, 3m, 2h, 1h20m, 3h30m10s, etc.",
            "@LoadTest of nobody(): users is 0. Give 1 or more.",
            "@LoadTest of never(): spawnRate is 0.0. Give users per second, above 0.");
    }

    @Test void theSessionNeedsNoRegistrationUnlessTheProjectSaysSo() {
        assertThat(run(ByItself.class)).containsExactly("passed");
        assertThat(run(ByItself.class, "true")).containsExactly("passed");
        assertThat(run(ByItself.class, "false")).singleElement().asString().contains("No ParameterResolver registered for parameter");
        assertThat(run(Explicit.class, "false")).containsExactly("passed");
        assertThat(run(Explicit.class)).as("registered twice, made once").containsExactly("passed");
    }
}
