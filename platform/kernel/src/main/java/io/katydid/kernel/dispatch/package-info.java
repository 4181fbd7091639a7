/** Decides which user comes next, as the reference does: its published sequences are the tests. */
@NullMarked
package io.katydid.kernel.dispatch;

import org.jspecify.annotations.NullMarked;
