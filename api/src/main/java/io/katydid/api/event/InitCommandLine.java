package io.katydid.api.event;

import io.katydid.api.cli.OptionRegistry;

/**
 * Says that the command line is about to be parsed: add options to it.
 *
 * @param options
 *            takes the options
 */
public record InitCommandLine(OptionRegistry options) {
}
