/** Writes the four CSV files of the reference. */
@NullMarked
package io.katydid.csv;

import org.jspecify.annotations.NullMarked;
