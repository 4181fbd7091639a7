/** Calls listeners: in place, in order, timed, owned by whoever added them, and never able to stop each other. */
@NullMarked
package io.katydid.kernel.event;

import org.jspecify.annotations.NullMarked;
