/** Starts the platform: command line, configuration files, logging and exit codes; {@link Katydid} and {@link SingleUser} are the doors for embedders. */
@NullMarked
package io.katydid.launcher;

import org.jspecify.annotations.NullMarked;
