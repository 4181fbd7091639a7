package io.katydid.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Plugin;
import io.katydid.api.web.PluginInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts plain jars that bring libraries along: as jars in {@code lib/}, and unpacked. */
class PrivateLibrariesTest {
    private static final String PLUGIN = """
        package mine;

        public class Mine implements io.katydid.api.Plugin {
            @Override public String toString() { return words.Words.say(); }
        }
        """;
    private static final String LIBRARY = """
        package words;

        public class Words {
            public static String say() {
                // Of the JDK outside of java.*, and of Katydid's own libraries.
                var kind = javax.net.ssl.SSLContext.class.getSimpleName();
                var log = org.slf4j.Logger.class.getSimpleName();
                return kind + " " + log + " " + Words.class.getClassLoader().getResource("words/words.txt").getPath().endsWith("words.txt");
            }
        }
        """;

    @TempDir Path home;

    private Path library() throws IOException {
        return new Jars(home.resolve("made")).source("words.Words", LIBRARY).file("words/words.txt", "hello").write("words-2.0.jar");
    }

    private Path plugin(Path library) throws IOException {
        return new Jars(home.resolve("made")).classPath(library).source("mine.Mine", PLUGIN)
            .file("META-INF/services/io.katydid.api.Plugin", "mine.Mine\n").write("mine.jar");
    }

    private void use(Path jar) throws Exception {
        try (var host = Host.start(new HostOptions(List.of(jar.getParent()), "", home.resolve("cache")))) {
            assertThat(host.bundles()).extracting(PluginInfo::error).containsExactly("");
            assertThat(host.extensions(Plugin.class)).singleElement()
                .satisfies(found -> assertThat(found.create()).hasToString("SSLContext Logger true"));
        }
    }

    @Test void aJarInLibIsOnTheClassPathOfThePlugin() throws Exception {
        var library = library();
        var jar = Files.createDirectories(home.resolve("plugins")).resolve("mine-1.0.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            copy(plugin(library), out);
            out.putNextEntry(new JarEntry("lib/words-2.0.jar"));
            out.write(Files.readAllBytes(library));
        }
        use(jar);
    }

    @Test void anUnpackedLibraryIsPartOfThePlugin() throws Exception {
        var library = library();
        var jar = Files.createDirectories(home.resolve("plugins")).resolve("mine-1.0.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            copy(plugin(library), out);
            copy(library, out);
        }
        use(jar);
    }

    private static void copy(Path from, JarOutputStream out) throws IOException {
        try (var jar = new JarFile(from.toFile())) {
            for (var entry : Collections.list(jar.entries())) {
                if (entry.getName().equals(JarFile.MANIFEST_NAME)) continue;
                out.putNextEntry(new JarEntry(entry.getName()));
                jar.getInputStream(entry).transferTo(out);
            }
        }
    }
}
