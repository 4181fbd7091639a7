package io.katydid.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Looks at a jar before anything of it is read into memory or run: is it one, is it whole, is it as it was signed. */
final class JarCheck {
    /** Those of large applications have some hundred KB; a larger one is a mistake or an attack, and the framework would read it whole. */
    static final long MANIFEST_BYTES = 4 << 20;
    private static final String COPIED = "not a readable jar (is it still being copied?): ";

    private JarCheck() {}

    /** Passes a sound jar; an exception says in one line what is wrong. */
    static void sound(Path path) throws IOException {
        if (Files.size(path) == 0) throw new IOException(COPIED + "the file is empty");
        boolean signed;
        try (var zip = new ZipFile(path.toFile())) {
            var manifest = zip.getEntry(JarFile.MANIFEST_NAME);
            if (manifest != null && manifest.getSize() > MANIFEST_BYTES)
                throw new IOException("its manifest has " + manifest.getSize() + " bytes, and more than " + MANIFEST_BYTES
                    + " are not read. Build the jar again, without generated headers or per-entry sections");
            signed = zip.stream().anyMatch(entry -> isSignature(entry.getName()));
        } catch (ZipException broken) {
            throw new IOException(COPIED + broken.getMessage(), broken);
        }
        if (signed) verify(path);
    }

    private static boolean isSignature(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("META-INF/") && upper.lastIndexOf('/') == "META-INF".length() && upper.endsWith(".SF");
    }

    /** Reads a signed jar to its end: only then the JDK has compared all digests. Whose signature it is does not matter here. */
    private static void verify(Path path) throws IOException {
        var buffer = new byte[1 << 16];
        try (var jar = new JarFile(path.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                try (var in = jar.getInputStream(entry)) {
                    while (in.read(buffer) > 0) continue;
                }
            }
        } catch (SecurityException changed) {
            throw new IOException("its signature does not fit its content (" + changed.getMessage()
                + "): the jar was changed after it was signed. Get it from its author again, or sign it anew", changed);
        }
    }
}
