package io.katydid.api.event;

import io.katydid.api.Environment;

/**
 * Says that the ramp has reached its target.
 *
 * @param environment
 *            where it happened
 * @param userCount
 *            users in all
 */
public record SpawningComplete(Environment environment, int userCount) {
}
