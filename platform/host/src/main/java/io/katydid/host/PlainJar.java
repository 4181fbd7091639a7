package io.katydid.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes a bundle of a jar whose author knows nothing of OSGi: writes the manifest that bnd would have written. */
final class PlainJar {
    private static final Pattern NAME = Pattern.compile("(.+?)-(\\d+(?:\\.\\d+)*.*)");

    private PlainJar() {}

    static BundleFile describe(Path path, JarFile jar) throws IOException {
        var scan = JarScan.of(jar);
        if (scan.own().isEmpty() && !hasPanel(jar))
            throw new IOException(
                "neither a bundle nor a jar with classes in packages. Katydid has no use for it: take it out of the folder");
        var extensions = scan.extensions();
        extensions.addAll(BundleFile.services(jar));
        var file = path.getFileName().toString().replaceFirst("\\.jar$", "");
        var parts = NAME.matcher(file);
        var versioned = parts.matches();
        return new BundleFile(path, (versioned ? parts.group(1) : file).replaceAll("[^\\w.-]", "-"),
            SystemPackages.version(versioned ? parts.group(2) : ""), extensions, true);
    }

    private static boolean hasPanel(JarFile jar) throws IOException {
        var manifest = jar.getManifest();
        return manifest != null && manifest.getMainAttributes().getValue(Panels.HEADER) != null;
    }

    /** Gives the bytes of the jar with OSGi headers. */
    static byte[] withManifest(BundleFile file) throws IOException {
        try (var jar = new JarFile(file.path().toFile())) {
            var scan = JarScan.of(jar);
            var manifest = jar.getManifest() == null ? new Manifest() : new Manifest(jar.getManifest());
            manifest.getEntries().clear();
            var main = manifest.getMainAttributes();
            main.putValue("Manifest-Version", "1.0");
            main.putValue("Bundle-ManifestVersion", "2");
            main.putValue("Bundle-SymbolicName", file.symbolicName());
            main.putValue("Bundle-Version", file.version());
            if (!scan.libraries().isEmpty()) main.putValue("Bundle-ClassPath", ".," + String.join(",", scan.libraries()));
            if (!scan.own().isEmpty()) main.putValue("Export-Package", String.join(",", scan.own()));
            if (!scan.used().isEmpty()) main.putValue("Import-Package", imports(scan));
            return copy(jar, manifest);
        }
    }

    /** Needs the platform's packages; of all others a library may name some that nobody calls. */
    private static String imports(JarScan scan) {
        return scan.used().stream().map(name -> name.startsWith("io.katydid.") ? name : name + ";resolution:=optional")
            .collect(Collectors.joining(","));
    }

    private static byte[] copy(JarFile jar, Manifest manifest) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new JarOutputStream(bytes, manifest)) {
            for (var entries = jar.entries(); entries.hasMoreElements();) {
                var entry = entries.nextElement();
                if (entry.getName().equals(JarFile.MANIFEST_NAME) || entry.isDirectory()) continue;
                out.putNextEntry(new JarEntry(entry.getName()));
                out.write(jar.getInputStream(entry).readAllBytes());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
