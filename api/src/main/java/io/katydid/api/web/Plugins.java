package io.katydid.api.web;

import java.nio.file.Path;
import java.util.List;

/**
 * Lists the bundles and changes the folder they are dropped into: what
 * {@code katydid plugins} does, for the console.
 *
 * <p>
 * A running process follows the folder within 1.5 s, whoever changed it. Any
 * thread; the calls read jars and may take a second. What cannot be done is a
 * {@link io.katydid.api.KatydidException} that says why.
 */
public interface Plugins {

    /** Gives every jar of the folders by the bundle's name; revisions that are being left too. */
    List<PluginInfo> list();

    /** Gives the panels that active bundles contribute to the console, by key; those of an SDK that is not here too. */
    List<ConsolePanel> panels();

    /**
     * Tells what would become of a jar, and installs nothing: is it whole, can it
     * be wired to what is there, are its extensions usable. No code of it runs.
     *
     * @return {@code error} is "" when it would run
     */
    PluginInfo check(Path jar);

    /**
     * Checks a jar and puts a copy into {@code plugins/}, at once and whole; other
     * files there of the same bundle are deleted afterwards.
     */
    PluginInfo install(Path jar);

    /**
     * Deletes a bundle from {@code plugins/}. No new users of its classes come.
     *
     * @param now
     *            false: its users run on until the test ends; true: each ends after
     *            its present task, and the call waits 3 s, so that all who follow the
     *            folder have seen it
     */
    PluginInfo remove(String name, boolean now);
}
