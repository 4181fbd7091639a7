/** Starts and stops users: the local runner, its ramp, load shapes, the second's tick, reporters on threads of their own. */
@NullMarked
package io.katydid.kernel.run;

import org.jspecify.annotations.NullMarked;
