package io.katydid.host;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Is a jar as read before the framework sees it.
 *
 * @param path the file
 * @param symbolicName its name in the framework
 * @param version its version
 * @param extensions the class names it offers
 * @param plain it has no OSGi headers: they are made at installation
 */
record BundleFile(Path path, String symbolicName, String version, Set<String> extensions, boolean plain) {
    static final String HEADER = "Katydid-Extensions";
    private static final List<String> SERVICES = List.of("io.katydid.api.Plugin", "io.katydid.api.Reporter", "io.katydid.api.Command",
        "io.katydid.api.UserDispatcher$Factory", "io.katydid.api.web.WebServer");

    /** Reads a jar; an exception says in one line why it cannot be a bundle. */
    static BundleFile read(Path path) throws IOException {
        try (var jar = new JarFile(path.toFile())) {
            var manifest = jar.getManifest();
            var attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
            var name = attributes.getValue("Bundle-SymbolicName");
            if (name == null) return PlainJar.describe(path, jar);
            if (name.isBlank())
                throw new IOException("its manifest has an empty Bundle-SymbolicName. Give it a name, such as org.example.shop");
            var offered = names(attributes.getValue(HEADER) == null ? "" : attributes.getValue(HEADER));
            offered.addAll(services(jar));
            var version = attributes.getValue("Bundle-Version");
            return new BundleFile(path, HeaderClause.parse(name).getFirst().paths().getFirst(), version == null ? "0.0.0" : version,
                offered, false);
        }
    }

    /** Lists the jars of folders and single files, in the order given and by name. */
    static List<Path> jars(List<Path> places) throws IOException {
        var jars = new LinkedHashSet<Path>();
        for (var place : places) {
            if (Files.isRegularFile(place)) jars.add(place.toAbsolutePath().normalize());
            if (!Files.isDirectory(place)) continue;
            try (Stream<Path> files = Files.list(place)) {
                files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                    .map(file -> file.toAbsolutePath().normalize()).sorted().forEach(jars::add);
            }
        }
        return List.copyOf(jars);
    }

    String name() { return symbolicName.startsWith("io.katydid.") ? symbolicName.substring("io.katydid.".length()) : symbolicName; }

    boolean isCalled(String word) { return word.equals(symbolicName) || word.equals(name()); }

    boolean isFrom(Path place) { return path.equals(place) || place.equals(path.getParent()); }

    InputStream open() throws IOException {
        return plain ? new ByteArrayInputStream(PlainJar.withManifest(this)) : Files.newInputStream(path);
    }

    static Set<String> names(String list) {
        var names = new LinkedHashSet<String>();
        Arrays.stream(list.split(",")).map(String::strip).filter(Predicate.not(String::isEmpty)).forEach(names::add);
        return names;
    }

    static Set<String> services(JarFile jar) throws IOException {
        var names = new LinkedHashSet<String>();
        for (var service : SERVICES) {
            var entry = jar.getJarEntry("META-INF/services/" + service);
            if (entry == null) continue;
            var text = new String(jar.getInputStream(entry).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            text.lines().map(line -> line.replaceFirst("#.*", "").strip()).filter(Predicate.not(String::isEmpty)).forEach(names::add);
        }
        return names;
    }
}
