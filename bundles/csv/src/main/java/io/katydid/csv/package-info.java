/** Writes the four CSV files of the reference and, on demand, a line per request. */
@NullMarked
package io.katydid.csv;

import org.jspecify.annotations.NullMarked;
