package io.katydid.kernel.stats;

/**
 * Counts one entry, so that what a worker reported and what it counted itself can be compared.
 *
 * @param name the name; of the total, {@code Aggregated}
 * @param method the method; of the total, ""
 * @param requests how many requests there were
 * @param failures how many failed
 * @param untimed how many were not timed
 * @param bytes how many bytes came
 * @param sumNanos the sum of the times; it may have gone round, and equal sums are equal then too
 * @param ok how many times the histogram of successes has
 * @param failed how many times the histogram of failures has
 */
public record Tally(String name, String method, long requests, long failures, long untimed, long bytes, long sumNanos, long ok,
    long failed) {

    static Tally of(Delta.Entry entry) {
        return new Tally(entry.name(), entry.method(), entry.requests(), entry.failures(), entry.untimed(), entry.bytes(),
            entry.sumNanos(), entry.ok().count(), entry.failed().count());
    }

    /** Gives the counts of both under this one's name. */
    public Tally plus(Tally other) {
        return new Tally(name, method, requests + other.requests, failures + other.failures, untimed + other.untimed, bytes + other.bytes,
            sumNanos + other.sumNanos, ok + other.ok, failed + other.failed);
    }
}
