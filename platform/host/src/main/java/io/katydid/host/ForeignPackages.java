package io.katydid.host;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Is what scripts see beside the platform: packages that bundles export. Scripts know bundles only through this. */
interface ForeignPackages {

    /**
     * Is an exported package.
     *
     * @param bundle who exports it
     * @param revision tells revisions of the bundle apart
     */
    record Exported(String name, String bundle, String revision) {}

    /** Finds the exporter of a package. */
    Optional<Exported> find(String packageName);

    /** Lists all packages. */
    Collection<Exported> all();

    /** Lists the classes of a package as paths. */
    List<String> classes(String packageName);

    /** Reads a class as the compiler wants it. */
    byte[] bytes(String packageName, String path) throws java.io.IOException;

    /** Loads a class of an exported package. */
    Class<?> load(String packageName, String className) throws ClassNotFoundException;

    /** Tells whether the class path is the embedder's own, so that a script sees all of it but the platform's inside. */
    boolean embedded();
}
