/** Ties tests to the behaviours of the reference that they prove; used by tests only. */
@NullMarked
package io.katydid.parity;

import org.jspecify.annotations.NullMarked;
