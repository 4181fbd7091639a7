package io.katydid.api.event;

import io.katydid.api.Environment;

/**
 * Says that this process used more than 90 % of a core or more: its figures may
 * be wrong.
 *
 * @param environment
 *            where it happened
 * @param cpuUsage
 *            percent of one core; may be above 100
 */
public record CpuWarning(Environment environment, double cpuUsage) {
}
