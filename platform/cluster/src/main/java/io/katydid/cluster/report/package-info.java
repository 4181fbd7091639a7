/**
 * Turns statistics into the reference's reports and back: what a worker sends each three seconds, what a master takes of it, and the proof at the end that
 * nothing is missing. Reports of others are taken as far as they can be counted; nothing in them is believed before it is looked at.
 */
@NullMarked
package io.katydid.cluster.report;

import org.jspecify.annotations.NullMarked;
