/** Starts and stops users: the local runner, its ramp, load shapes, the second's tick, reporters on threads of their own. */
@NullMarked
package io.katydid.cluster;

import org.jspecify.annotations.NullMarked;
