package io.katydid.api.web;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Is a panel of the web console that a bundle contributes with the manifest header {@code Katydid-Console}, as its {@code panel.json} says it. It is a value of one revision: an update of the
 * bundle makes another. Any thread may ask.
 *
 * <p>
 * What is written in {@code panel.json} and is not readable here, because it belongs to an SDK that this Katydid does not know, is empty; such a panel has the state
 * {@link State#INCOMPATIBLE} and must not be loaded.
 */
public interface ConsolePanel {

    /** Says whether the console may load a panel. */
    enum State {
        /** It was checked and may be loaded. */
        OK,
        /** It was made for another major version of the SDK: listed with its {@link ConsolePanel#problem}, never loaded. */
        INCOMPATIBLE
    }

    /** Gives what tells it from all others: {@code bundle-symbolic-name/id}. */
    default String key() {
        return bundle() + "/" + id();
    }

    /** Gives the symbolic name of its bundle. */
    String bundle();

    /** Gives the version of its bundle. */
    String version();

    /**
     * Gives 12 hexadecimal digits that change whenever a byte or a path below the folder of {@code panel.json} does, and with nothing else: packing the same files again keeps it.
     */
    String revision();

    /** Gives the major version of the SDK it was written for. */
    int sdk();

    /** Gives its id, unique in its bundle. */
    String id();

    /** Gives where it appears, such as {@code page} or {@code overview.card}. */
    String slot();

    /** Gives the group of the navigation it belongs to: {@code run}, {@code library} or {@code system}; "" when it is no page. */
    String group();

    /** Gives its place among its neighbours, smaller ones first; 100 when nothing is said. */
    int order();

    /** Gives a name from the console's icon sprite, or the path of an SVG file to {@link #open}; "" for none. A path has a dot in it, a name never. */
    String icon();

    /** Gives its title by locale; {@code en} is always there. */
    Map<String, String> title();

    /** Gives the path of its entry module; "" when it is declared without one. */
    String module();

    /** Gives the paths of its style sheets, to be linked in this order while it is shown. */
    List<String> styles();

    /** Gives the path of its texts with <code>{locale}</code> in it; "" for none. */
    String i18n();

    /** Gives the permission a user needs to be offered it. */
    String permission();

    /** Gives the topics of the stream it needs while it is shown. */
    List<String> topics();

    /** Gives what a panel without module opens: of a {@code download} the address, of a {@code command} the route; "" when it has a module. */
    String path();

    /** Gives the media type of a {@code download}; "" for other slots. */
    String mediaType();

    /** Says whether it may be loaded. */
    State state();

    /** Says why it may not be loaded, in one line; "" when it may. */
    String problem();

    /** Lists the files that may be opened, as paths below the folder of {@code panel.json}, in order; all panels of a bundle share them. */
    SortedSet<String> files();

    /**
     * Opens one of the {@link #files}; empty for every other path, one with {@code ..} among them, and when it is too late. The caller closes the stream.
     *
     * <p>
     * The bytes come from the framework's own copy, so replacing or deleting the jar does not change them. They are there while the bundle is active, and after it was replaced or
     * removed until its last user has gone; a bundle that nobody uses goes at once. Whoever must serve the files for longer copies all of them when the panel is first listed, and
     * leaves the panel out when one is missing by then.
     *
     * @throws java.io.UncheckedIOException when the file cannot be read
     */
    Optional<InputStream> open(String path);
}
