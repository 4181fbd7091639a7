package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** Compiles a plain jar as somebody would who knows nothing of OSGi, outside of the folder it goes to. */
final class PluginJar {
    private final Path work;
    private final List<String> sources = new ArrayList<>();

    PluginJar(Path folder) throws IOException {
        work = Files.createTempDirectory(folder, "jar");
    }

    /** Adds a class. */
    PluginJar source(String type, String text) throws IOException {
        var file = work.resolve("src").resolve(type.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        sources.add(Files.writeString(file, text).toString());
        return this;
    }

    /** Adds a plugin whose {@code init} has these statements. */
    PluginJar plugin(String type, String init) throws IOException {
        int dot = type.lastIndexOf('.');
        return source(type, """
            package %s;

            import io.katydid.api.*;

            @Extension
            public class %s implements Plugin {
                @Override public void init(Environment environment) throws Exception { %s }
            }
            """.formatted(type.substring(0, dot), type.substring(dot + 1), init));
    }

    Path write(String name) throws IOException {
        var classes = Files.createDirectories(work.resolve("classes"));
        var arguments = new ArrayList<>(List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
        arguments.addAll(sources);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new))).isZero();
        var jar = work.resolve(name);
        try (var out = new JarOutputStream(Files.newOutputStream(jar)); var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }

    /** Moves the jar in whole, as a careful copy does. */
    Path drop(Path folder, String name) throws IOException {
        var part = Files.copy(write(name), folder.resolve(name + ".part"), StandardCopyOption.REPLACE_EXISTING);
        return Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
