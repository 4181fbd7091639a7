/** Brings the master's script, data files and plugins to workers that lack them: named, hashed, in pieces, kept. */
@NullMarked
package io.katydid.cluster.ship;

import org.jspecify.annotations.NullMarked;
