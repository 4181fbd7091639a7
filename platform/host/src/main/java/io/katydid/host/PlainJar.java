package io.katydid.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.jar.JarInputStream;
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
    private final Set<String> inLibraries = new TreeSet<>();

    private PlainJar() {}

    static BundleFile describe(Path path, JarFile jar) throws IOException {
        var scan = scan(jar);
        if (scan.own.isEmpty())
            throw new IOException(
                "neither a bundle nor a jar with classes in packages. Katydid has no use for it: take it out of the folder");
        scan.extensions.addAll(BundleFile.services(jar));
        var file = path.getFileName().toString().replaceFirst("\\.jar$", "");
        var parts = NAME.matcher(file);
        var versioned = parts.matches();
        return new BundleFile(path, (versioned ? parts.group(1) : file).replaceAll("[^\\w.-]", "-"),
            SystemPackages.version(versioned ? parts.group(2) : ""), scan.extensions, true);
    }

    /** Gives the bytes of the jar with OSGi headers. */
    static byte[] withManifest(BundleFile file) throws IOException {
        try (var jar = new JarFile(file.path().toFile())) {
            var scan = scan(jar);
            var libraries = jar.stream().filter(entry -> entry.getName().startsWith("lib/") && entry.getName().endsWith(".jar")).toList();
            for (var library : libraries) scan.library(jar.getInputStream(library));
            scan.used.removeAll(scan.inLibraries);
            var manifest = jar.getManifest() == null ? new Manifest() : new Manifest(jar.getManifest());
            manifest.getEntries().clear();
            var main = manifest.getMainAttributes();
            main.putValue("Manifest-Version", "1.0");
            main.putValue("Bundle-ManifestVersion", "2");
            main.putValue("Bundle-SymbolicName", file.symbolicName());
            main.putValue("Bundle-Version", file.version());
            main.putValue("Bundle-ClassPath",
                libraries.stream().map(JarEntry::getName).collect(Collectors.joining(",", ".,", "")).replaceFirst(",$", ""));
            main.putValue("Export-Package", String.join(",", scan.own));
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
            if (isClass(name)) scan.look(name, jar.getInputStream(entry).readAllBytes());
        }
        scan.used.removeIf(scan::isNoImport);
        return scan;
    }

    private boolean isNoImport(String name) {
        return name.startsWith("java.") || own.contains(name) || name.isEmpty();
    }

    /** Looks into a jar within the jar: what its classes use is imported as well; what is in it stays private and offers nothing. */
    private void library(InputStream bytes) throws IOException {
        var within = new PlainJar();
        try (var jar = new JarInputStream(bytes)) {
            for (var entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                if (isClass(entry.getName())) within.look(entry.getName(), jar.readAllBytes());
            }
        }
        inLibraries.addAll(within.own);
        within.used.stream().filter(name -> !isNoImport(name)).forEach(used::add);
    }

    private static boolean isClass(String name) {
        return name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class");
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
