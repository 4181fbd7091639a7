package io.katydid.api.event;

import io.katydid.api.Environment;

/**
 * Says how much this process uses, every 10 s.
 *
 * @param environment
 *            where it happened
 * @param cpuUsage
 *            percent of one core; may be above 100
 * @param memoryUsage
 *            resident bytes
 */
public record UsageMonitor(Environment environment, double cpuUsage, long memoryUsage) {
}
