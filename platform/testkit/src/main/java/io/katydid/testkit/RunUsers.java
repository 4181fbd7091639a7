package io.katydid.testkit;

import io.katydid.api.User;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which users the {@link KatydidExtension} runs for a test, or for all tests of a class.
 *
 * <pre>{@code
 * @Test @RunUsers(value = BrowseUser.class, users = 2, requests = 10)
 * void pagesAreFound(Snapshot snapshot, TargetServer server) { … }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface RunUsers {

    /** Gives the user classes. */
    Class<? extends User>[] value();

    /** Gives how many users there are in all; 1 by default. */
    int users() default 1;

    /** Gives how many requests each user makes before it ends; 1 by default. {@code 0}: {@link #seconds} decides. */
    int requests() default 1;

    /** Gives how long the users run, in seconds, when {@link #requests} is 0. */
    double seconds() default 1;

    /** Gives the base URL; without one, that of the {@link TargetServer} among the parameters. */
    String host() default "";

    /** Gives the number of carrier loops; 1 by default. */
    int loops() default 1;
}
