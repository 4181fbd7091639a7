/** Prints the live and the final tables of a run, in the formats of the reference where the terminal is wide enough. */
@NullMarked
package io.katydid.terminal;

import org.jspecify.annotations.NullMarked;
