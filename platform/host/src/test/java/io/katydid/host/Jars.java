package io.katydid.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;

/** Builds tiny jars of sources. */
final class Jars {
    private final Path folder;
    private final Manifest manifest = new Manifest();
    private final List<Path> sources = new ArrayList<>();
    private String classPath = System.getProperty("java.class.path");
    private final Map<String, byte[]> files = new java.util.LinkedHashMap<>();

    Jars(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    }

    static Jars bundle(Path folder, String name, String version) throws IOException {
        return new Jars(folder).header("Bundle-ManifestVersion", "2").header("Bundle-SymbolicName", name).header("Bundle-Version", version);
    }

    Jars header(String name, String value) {
        manifest.getMainAttributes().putValue(name, value);
        return this;
    }

    Jars classPath(Path jar) {
        classPath += java.io.File.pathSeparator + jar;
        return this;
    }

    Jars source(String type, String text) throws IOException {
        var home = Files.createTempDirectory("katydid-src");
        var file = home.resolve(type.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        sources.add(Files.writeString(file, text));
        return this;
    }

    Jars file(String name, String text) { return file(name, text.getBytes()); }

    Jars file(String name, byte[] bytes) {
        files.put(name, bytes);
        return this;
    }

    Path write(String file) throws IOException {
        var classes = Files.createTempDirectory("katydid-classes");
        if (!sources.isEmpty()) {
            var arguments = new ArrayList<>(
                List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", classPath));
            sources.forEach(source -> arguments.add(source.toString()));
            if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0)
                throw new IllegalStateException("test source does not compile");
        }
        var jar = folder.resolve(file);
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest); var all = Files.walk(classes)) {
            for (var path : all.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
                out.write(Files.readAllBytes(path));
            }
            for (var entry : files.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return jar;
    }
}
