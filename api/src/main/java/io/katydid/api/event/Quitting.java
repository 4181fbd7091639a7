package io.katydid.api.event;

import io.katydid.api.Environment;

/**
 * Says that the process is about to end: the last moment to decide on the exit
 * code. It follows {@link TestStop}, however the run ended, so that the
 * statistics hold every request; on a signal the reference fires it before the
 * users are stopped. Listeners are called in reverse order.
 *
 * @param environment
 *            where it happened
 */
public record Quitting(Environment environment) {
}
