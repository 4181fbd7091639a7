/** Holds the platform's own options and the values of all options of one environment. */
@NullMarked
package io.katydid.kernel.options;

import org.jspecify.annotations.NullMarked;
