/** Binds the meters of a run to a Micrometer registry, on which other bundles build. */
@NullMarked
package io.katydid.micrometer;

import org.jspecify.annotations.NullMarked;
