package io.katydid.api.web;

import io.katydid.api.Environment;
import java.util.List;
import java.util.Optional;

/** Is what a server serves, as it is now. Any thread. */
public interface WebModel {

    /** Gives the environment. */
    Environment environment();

    /** Gives the routes. */
    List<Route> routes();

    /** Gives what lists and changes bundles; empty where there are none: in library use. */
    Optional<Plugins> plugins();

    /** Gives the tables. */
    List<WebPanel> panels();

    /**
     * Is one route.
     *
     * @param method
     *            in upper case
     * @param path
     *            below the base path
     * @param signIn
     *            whether it requires sign-in when sign-in is on
     * @param handler
     *            answers it
     */
    record Route(String method, String path, boolean signIn, WebHandler handler) {
    }
}
