package io.katydid.launcher;

import io.katydid.api.LoadTestShape;
import io.katydid.api.Plugin;
import io.katydid.api.User;
import io.katydid.api.web.Plugins;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Is what a start needs of the bundles and scripts, whoever loads them. */
interface Platform extends AutoCloseable {

    /**
     * Is something a bundle offers.
     *
     * @param owner the bundle's name
     * @param name the simple name of its class
     * @param create makes one
     */
    record Offer<T>(String owner, String name, Supplier<? extends T> create) {}

    /**
     * Is what became different among the bundles of a platform that goes on.
     *
     * @param plugins what newer revisions offer
     * @param left the loaders of revisions that are being left, by what they are called
     * @param removed those of them that have no successor
     * @param ended those of the removed ones whose users end after their present task
     * @param script the script, linked again; empty when it uses none of them or cannot be linked
     * @param successors the new loader of each part of the script that was linked again
     * @param texts what happened, a line each
     * @param users says how many users are still on what is left
     * @param released is called when nobody is on what is left any more
     */
    record Change(List<Offer<Plugin>> plugins, Set<ClassLoader> left, Set<ClassLoader> removed, Set<ClassLoader> ended,
        Optional<Script> script,
        Map<ClassLoader, ClassLoader> successors, List<String> texts, IntConsumer users, Runnable released) {}

    /** Follows the bundles from now on; the listener is called on a thread of the platform. */
    void watch(Consumer<Change> listener);

    /** Is what was found in the scripts. */
    record Script(List<Class<? extends User>> userClasses, List<Class<? extends LoadTestShape>> shapes,
        List<Class<? extends Plugin>> plugins, List<Method> listeners) {}

    /** Gives what bundles offer of a kind, by the bundles' names. */
    <T> List<Offer<T>> offers(Class<T> kind);

    /** Lists, checks, installs and removes bundles. */
    Plugins plugins();

    /** Says which folders were left out because everybody may write to them, a line each. */
    List<String> refused();

    /** Loads scripts; an error that is printed as it is when there is none or it does not compile. */
    Script load(List<String> locators);

    /**
     * Gives the script that was loaded when its sources were edited since the last call; an error that is printed as it is when the edit does not compile, and {@link UnlinkedScript} when it needs bundles
     * that are not there any more.
     */
    Optional<Script> edited();

    /** Gives the sources of the script as they were compiled last: for each value of {@code -f} the texts by their names. */
    List<SourceUnit> sources();

    /**
     * Is what one value of {@code -f} named.
     *
     * @param locator the value
     * @param texts the texts of its files by their names, which have slashes when it is a folder
     */
    record SourceUnit(String locator, Map<String, String> texts) {}

    @Override void close();

    /**
     * Says which bundles start.
     *
     * @param plugins the text of {@code --plugins}; "" for all
     * @param unsafe whether folders count that everybody may write to
     * @param shipped a folder with bundles that a master gave
     */
    record Selected(String plugins, boolean unsafe, Optional<Path> shipped) {}

    /** Starts platforms. */
    @FunctionalInterface
    interface Opener {

        /** Starts one. */
        Platform open(Place place, Selected selected);
    }
}
