package io.katydid.api.event;

import io.katydid.api.Environment;
import io.katydid.api.Runner;

/**
 * Says that a stop begins, before users are stopped.
 *
 * @param environment
 *            where it happened
 * @param runner
 *            its runner
 */
public record TestStopping(Environment environment, Runner runner) {
}
