package io.katydid.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Holds the files below the folder of a {@code panel.json}: the only ones of a bundle that the console may serve. */
final class PanelFiles {
    static final int LARGEST = 16 << 20;
    private static final int REVISION_BYTES = 6;
    private final String folder;
    private final Source source;
    private final SortedSet<String> names = new TreeSet<>();

    /** Is where the files are: a bundle. */
    interface Source {
        /** Lists the paths of all files in a folder and below; the folder ends with a slash. */
        Collection<String> list(String folder);

        /** Opens a file; empty when it is not there any more. */
        Optional<InputStream> open(String path) throws IOException;
    }

    PanelFiles(String folder, Source source, PanelProblems problems) {
        this.folder = folder;
        this.source = source;
        for (var path : source.list(folder)) {
            var name = path.substring(folder.length());
            if (PanelPath.isBelow(name)) names.add(name);
            else
                problems
                    .say("the bundle has the file \"" + path + "\", which has no address. Use names of letters, digits, '.', '-' and '_'");
        }
    }

    SortedSet<String> names() { return Collections.unmodifiableSortedSet(names); }

    String folder() { return folder; }

    Optional<InputStream> open(String name) {
        if (!names.contains(name)) return Optional.empty();
        try {
            return source.open(folder + name);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(folder + name + " of the bundle cannot be read", unreadable);
        }
    }

    /** Reads a file whole; more than the limit is one byte more. */
    byte[] read(String name, int limit) throws IOException {
        try (var in = source.open(folder + name).orElseThrow(() -> new IOException("it is not there"))) {
            return in.readNBytes(limit + 1);
        }
    }

    /**
     * Computes the revision: SHA-256 over the files by path, of each the path in UTF-8, a zero byte, the size in eight bytes and the bytes. Times, compression and the order in the archive do not go in.
     */
    String revision(PanelProblems problems) {
        var digest = sha256();
        for (var name : names) {
            try {
                var bytes = read(name, LARGEST);
                if (bytes.length > LARGEST) {
                    problems.say(folder + name + " has more than " + (LARGEST >> 20) + " MB. Make it smaller or serve it from elsewhere");
                    continue;
                }
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(ByteBuffer.allocate(1 + Long.BYTES).put((byte) 0).putLong(bytes.length).array());
                digest.update(bytes);
            } catch (IOException unreadable) {
                problems.say(folder + name + " cannot be read: " + Words.of(unreadable) + ". Build the jar again");
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, REVISION_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }
}
