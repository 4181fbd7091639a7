package io.katydid.api.event;

import io.katydid.api.Environment;
import io.katydid.api.Runner;

/**
 * Says that all users have stopped; the statistics hold every request.
 *
 * @param environment
 *            where it happened
 * @param runner
 *            its runner
 */
public record TestStop(Environment environment, Runner runner) {
}
