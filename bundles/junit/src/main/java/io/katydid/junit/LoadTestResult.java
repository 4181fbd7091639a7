package io.katydid.junit;

import io.katydid.api.stats.Snapshot;

/**
 * Is what a load test measured; a parameter of its method.
 *
 * @param stats the statistics, the last request included; they do not change any more
 */
public record LoadTestResult(Snapshot stats) {}
