package io.katydid.api.event;

import io.katydid.api.Environment;

/**
 * Says that the statistics were set back to zero.
 *
 * @param environment
 *            where it happened
 */
public record ResetStats(Environment environment) {
}
