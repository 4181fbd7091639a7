package io.katydid.api.cli;

/**
 * Takes the options of a bundle or script before the command line is parsed.
 */
public interface OptionRegistry {

    /**
     * Adds an option; an error when another bundle or the platform has one of that
     * name.
     */
    OptionRegistry add(Option<?> option);
}
