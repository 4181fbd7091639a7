/** Brings foreign code in: bundles by OSGi, scripts by the compiler; nothing else of the platform knows either. */
@NullMarked
package io.katydid.host;

import org.jspecify.annotations.NullMarked;
