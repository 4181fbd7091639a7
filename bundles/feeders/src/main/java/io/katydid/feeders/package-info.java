/** Feeds users with test data out of CSV and JSON files. */
@NullMarked
package io.katydid.feeders;

import org.jspecify.annotations.NullMarked;
