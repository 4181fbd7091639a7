package io.katydid.cluster.ship;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Is something a master gives to workers.
 *
 * @param kind what it is for
 * @param name the name it has there, with slashes
 * @param content what is in it
 * @param address where the master got it from, when that is an address workers of the reference are told instead
 */
public record Good(Kind kind, String name, Content content, Optional<String> address) {

    /** Makes one that has no address. */
    public Good(Kind kind, String name, Content content) {
        this(kind, name, content, Optional.empty());
    }

    /** Is what is in it. */
    public sealed interface Content {}

    /**
     * Is text that the master holds.
     *
     * @param text as it was compiled
     */
    public record Text(String text) implements Content {}

    /**
     * Is a file.
     *
     * @param path where it is
     */
    public record OnDisk(Path path) implements Content {}

    /** Gives the name without its folders. */
    String fileName() { return name.substring(name.lastIndexOf('/') + 1); }
}
