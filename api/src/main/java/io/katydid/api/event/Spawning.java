package io.katydid.api.event;

import io.katydid.api.Environment;
import io.katydid.api.UserClass;

/**
 * Says that users of a class are about to be started.
 *
 * @param environment
 *            where it happened
 * @param userClass
 *            the class
 * @param userCount
 *            how many of it this step starts
 */
public record Spawning(Environment environment, UserClass userClass, int userCount) {
}
