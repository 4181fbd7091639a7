/** Holds the environment: one test with its classes, events, statistics, options and runner, and the builder that makes it. */
@NullMarked
package io.katydid.kernel;

import org.jspecify.annotations.NullMarked;
