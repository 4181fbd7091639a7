package io.katydid.api.event;

import io.katydid.api.Environment;
import io.katydid.api.Runner;

/**
 * Says that a test starts.
 *
 * @param environment
 *            where it happened
 * @param runner
 *            its runner
 */
public record TestStart(Environment environment, Runner runner) {
}
