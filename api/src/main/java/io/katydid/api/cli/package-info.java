/**
 * Holds command-line options: how a bundle or a script declares them and how it
 * reads their values.
 */
@NullMarked
package io.katydid.api.cli;

import org.jspecify.annotations.NullMarked;
