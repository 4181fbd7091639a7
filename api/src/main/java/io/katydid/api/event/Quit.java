package io.katydid.api.event;

import io.katydid.api.Environment;

/**
 * Says that everything was reported and the process ends.
 *
 * @param environment
 *            where it happened
 * @param exitCode
 *            the exit code
 */
public record Quit(Environment environment, int exitCode) {
}
