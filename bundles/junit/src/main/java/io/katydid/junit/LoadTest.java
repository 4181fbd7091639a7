package io.katydid.junit;

import io.katydid.api.User;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs users before the test method, which then judges what came out of it.
 *
 * <pre>{@code
 * @LoadTest(value = BrowseUser.class, users = 20, spawnRate = 5, runTime = "30s")
 * void p95StaysUnder200Ms(LoadTestResult result) {
 *     assertTrue(result.stats().total().percentile(0.95) < 200);
 * }
 * }</pre>
 *
 * <p>The run is over when the method begins; {@code @BeforeEach} methods ran before it. A failed request fails no test by itself: say so with an assertion.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Test
@ExtendWith(LoadTestExtension.class)
public @interface LoadTest {

    /** Gives the user classes. */
    Class<? extends User>[] value();

    /** Gives how many users run at once. */
    int users() default 1;

    /** Gives how many users are started per second. */
    double spawnRate() default 1;

    /** Gives how long they run, such as {@code 30s} or {@code 1m30s}; they are stopped earlier when all have ended by themselves. */
    String runTime() default "10s";

    /** Gives how long tasks may go on after that, such as {@code 5s}; not at all by default. */
    String stopTimeout() default "";

    /** Gives the base URL; otherwise the configuration parameter or system property {@code katydid.host}, otherwise {@code @Host} of the class. */
    String host() default "";

    /** Runs only tasks with one of these tags. */
    String[] tags() default {};

    /** Runs no task with one of these tags. */
    String[] excludeTags() default {};
}
