/**
 * Holds the statistics of a run as scripts, reporters and panels read them:
 * exact histograms beside the reference's rounded numbers.
 */
@NullMarked
package io.katydid.api.stats;

import org.jspecify.annotations.NullMarked;
