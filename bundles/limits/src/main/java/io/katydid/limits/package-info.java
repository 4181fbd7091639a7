/** Limits the load of a whole run and checks what came out of it. */
@NullMarked
package io.katydid.limits;

import org.jspecify.annotations.NullMarked;
