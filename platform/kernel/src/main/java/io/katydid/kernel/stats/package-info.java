/**
 * Counts requests: shards take them without a lock on their loop, each second every shard hands over its interval, and what is kept is immutable.
 * Exact histograms stand beside the reference's rounded buckets.
 */
@NullMarked
package io.katydid.kernel.stats;

import org.jspecify.annotations.NullMarked;
