package io.katydid.cluster.report;

import io.katydid.kernel.stats.Delta;
import java.util.Map;
import java.util.Optional;

/**
 * Is what a worker reported, as far as it can be counted.
 *
 * @param delta what is new; times are those of this process's clock
 * @param userClassesCount running users per class; empty when it did not say
 * @param userCount running users
 * @param mark which report it is; empty of a worker that is no Katydid
 */
public record Report(Delta delta, Map<String, Integer> userClassesCount, int userCount, Optional<Mark> mark) {}
