package io.katydid.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class of a bundle or jar known to the platform: a {@link Plugin},
 * {@link Reporter}, {@link Command}, {@link LoadTestShape} (chosen with
 * {@code --shape}), {@link UserDispatcher.Factory} (chosen with
 * {@code --dispatcher}) or {@link io.katydid.api.web.WebServer}. It needs a
 * constructor without arguments.
 *
 * <p>
 * User classes need no annotation: scripts find them in exported packages.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Extension {
}
