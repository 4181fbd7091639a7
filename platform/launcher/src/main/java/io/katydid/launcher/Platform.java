package io.katydid.launcher;

import io.katydid.api.LoadTestShape;
import io.katydid.api.Plugin;
import io.katydid.api.User;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Is what a start needs of the bundles and scripts, whoever loads them. */
interface Platform extends AutoCloseable {

    /**
     * Is something a bundle offers.
     *
     * @param owner the bundle's name
     * @param create makes one
     */
    record Offer<T>(String owner, Supplier<? extends T> create) {}

    /**
     * Is a bundle.
     *
     * @param error why it does not run; "" when it does
     */
    record Bundle(String name, String version, String state, String file, String error) {}

    /** Is what was found in the scripts. */
    record Script(List<Class<? extends User>> userClasses, List<Class<? extends LoadTestShape>> shapes,
        List<Class<? extends Plugin>> plugins, List<Method> listeners) {}

    /** Gives what bundles offer of a kind, by the bundles' names. */
    <T> List<Offer<T>> offers(Class<T> kind);

    /** Gives the bundles, by name. */
    List<Bundle> bundles();

    /** Loads scripts; an error that is printed as it is when there is none or it does not compile. */
    Script load(List<String> locators);

    /** Gives the script that was loaded when its sources were edited since the last call; an error that is printed as it is when the edit does not compile. */
    Optional<Script> edited();

    @Override void close();

    /** Starts platforms. */
    @FunctionalInterface
    interface Opener {

        /** Starts one with the bundles that {@code --plugins} selects; "" for all. */
        Platform open(Place place, String plugins);
    }
}
