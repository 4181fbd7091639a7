/** Finishes the distribution while it is built: launchers from one list of flags, and what bundles may import. */
@NullMarked
package io.katydid.distribution;

import org.jspecify.annotations.NullMarked;
