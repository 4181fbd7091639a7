package io.katydid.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes a bundle of a jar whose author knows nothing of OSGi: reads its classes and writes the manifest that bnd would have written. */
final class PlainJar {
    private static final Pattern NAME = Pattern.compile("(.+?)-(\\d+(?:\\.\\d+)*.*)");
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w/$]+);");
    private static final String EXTENSION = "Lio/katydid/api/Extension;";

    private final Set<String> own = new TreeSet<>();
    private final Set<String> used = new TreeSet<>();
    private final Set<String> extensions = new LinkedHashSet<>();

    private PlainJar() {}

    static BundleFile describe(Path path, JarFile jar) throws IOException {
        var scan = scan(jar);
        if (scan.own.isEmpty() && !hasPanel(jar))
            throw new IOException(
                "neither a bundle nor a jar with classes in packages. Katydid has no use for it: take it out of the folder");
        scan.extensions.addAll(BundleFile.services(jar));
        var file = path.getFileName().toString().replaceFirst("\\.jar$", "");
        var parts = NAME.matcher(file);
        var versioned = parts.matches();
        return new BundleFile(path, (versioned ? parts.group(1) : file).replaceAll("[^\\w.-]", "-"),
            SystemPackages.version(versioned ? parts.group(2) : ""), scan.extensions, true);
    }

    private static boolean hasPanel(JarFile jar) throws IOException {
        var manifest = jar.getManifest();
        return manifest != null && manifest.getMainAttributes().getValue(Panels.HEADER) != null;
    }

    /** Gives the bytes of the jar with OSGi headers. */
    static byte[] withManifest(BundleFile file) throws IOException {
        try (var jar = new JarFile(file.path().toFile())) {
            var scan = scan(jar);
            var manifest = jar.getManifest() == null ? new Manifest() : new Manifest(jar.getManifest());
            manifest.getEntries().clear();
            var main = manifest.getMainAttributes();
            main.putValue("Manifest-Version", "1.0");
            main.putValue("Bundle-ManifestVersion", "2");
            main.putValue("Bundle-SymbolicName", file.symbolicName());
            main.putValue("Bundle-Version", file.version());
            main.putValue("Bundle-ClassPath",
                jar.stream().map(JarEntry::getName).filter(name -> name.startsWith("lib/") && name.endsWith(".jar"))
                    .collect(Collectors.joining(",", ".,", ""))
                    .replaceFirst(",$", ""));
            if (!scan.own.isEmpty()) main.putValue("Export-Package", String.join(",", scan.own));
            if (!scan.used.isEmpty()) main.putValue("Import-Package", scan.imports());
            return copy(jar, manifest);
        }
    }

    private String imports() {
        return used.stream().map(name -> name.startsWith("io.katydid.") ? name : name + ";resolution:=optional")
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

    private static PlainJar scan(JarFile jar) throws IOException {
        var scan = new PlainJar();
        for (var entries = jar.entries(); entries.hasMoreElements();) {
            var entry = entries.nextElement();
            var name = entry.getName();
            if (!name.endsWith(".class") || name.startsWith("META-INF/") || name.endsWith("module-info.class")) continue;
            scan.look(name, jar.getInputStream(entry).readAllBytes());
        }
        scan.used.removeIf(name -> name.startsWith("java.") || scan.own.contains(name) || name.isEmpty());
        return scan;
    }

    private void look(String file, byte[] bytes) {
        if (file.indexOf('/') < 0) return;
        var home = packageOf(file);
        if (home.startsWith("io.katydid.api")) used.add(home);
        else own.add(home);
        ClassModel model;
        try {
            model = ClassFile.of().parse(bytes);
            for (var entry : model.constantPool()) {
                switch (entry) {
                    case ClassEntry type -> type(type.asInternalName());
                    case NameAndTypeEntry member -> descriptor(member.type().stringValue());
                    case MethodTypeEntry type -> descriptor(type.descriptor().stringValue());
                    default -> {
                    }
                }
            }
        } catch (IllegalArgumentException newer) {
            return; // a class file of a newer Java: loading it gives the better message
        }
        model.fields().forEach(field -> descriptor(field.fieldType().stringValue()));
        model.methods().forEach(method -> descriptor(method.methodType().stringValue()));
        var annotations = model.findAttribute(Attributes.runtimeVisibleAnnotations());
        annotations.ifPresent(
            found -> found.annotations().stream().map(Annotation::className).filter(name -> name.equalsString(EXTENSION)).findAny()
                .ifPresent(_ -> extensions.add(model.thisClass().asInternalName().replace('/', '.'))));
    }

    private void type(String name) {
        if (name.startsWith("[")) descriptor(name);
        else if (name.indexOf('/') > 0) used.add(packageOf(name));
    }

    private void descriptor(String text) {
        var types = IN_DESCRIPTOR.matcher(text);
        while (types.find()) type(types.group(1));
    }

    private static String packageOf(String path) { return path.substring(0, path.lastIndexOf('/')).replace('/', '.'); }
}
