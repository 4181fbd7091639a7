package io.katydid.api.event;

import io.katydid.api.Environment;

/**
 * Says that the process is about to end: the last moment to decide on the exit
 * code.
 *
 * @param environment
 *            where it happened
 */
public record Quitting(Environment environment) {
}
