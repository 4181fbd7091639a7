/** Holds the only code that joins a carrier loop with Netty: the loop itself, and the door for bundles that do their own I/O. */
@NullMarked
package io.katydid.carrier.netty;

import org.jspecify.annotations.NullMarked;
