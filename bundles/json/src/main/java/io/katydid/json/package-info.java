/** Writes the statistics as JSON, alone as the reference does or with the parameters of the run. */
@NullMarked
package io.katydid.json;

import org.jspecify.annotations.NullMarked;
