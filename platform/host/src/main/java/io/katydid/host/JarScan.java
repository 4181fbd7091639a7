package io.katydid.host;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the classes of a jar for what a manifest says of them. Jars below {@code lib/} are private libraries: what they use is looked for too, what they have is nobody else's, and their extensions do
 * not count.
 */
final class JarScan {
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w/$]+);");
    private static final String EXTENSION = "Lio/katydid/api/Extension;";

    private final Set<String> own = new TreeSet<>();
    private final Set<String> inside = new TreeSet<>();
    private final Set<String> used = new TreeSet<>();
    private final Set<String> extensions = new LinkedHashSet<>();
    private final Set<String> libraries = new TreeSet<>();

    private JarScan() {}

    static JarScan of(JarFile jar) throws IOException {
        var scan = new JarScan();
        for (var entry : Collections.list(jar.entries())) {
            try (var in = jar.getInputStream(entry)) {
                if (isClass(entry)) scan.look(entry.getName(), in.readAllBytes());
                else if (isLibrary(entry)) scan.library(entry.getName(), new JarInputStream(in, false));
            }
        }
        scan.used.removeIf(name -> name.startsWith("java.") || name.isEmpty() || scan.own.contains(name) || scan.inside.contains(name));
        return scan;
    }

    private static boolean isClass(JarEntry entry) {
        var name = entry.getName();
        return name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class");
    }

    private static boolean isLibrary(JarEntry entry) { return entry.getName().startsWith("lib/") && entry.getName().endsWith(".jar"); }

    /** Gives its own packages. */
    Set<String> own() { return own; }

    /** Gives the packages of others that its classes or libraries name. */
    Set<String> used() { return used; }

    /** Gives the classes with {@code @Extension}, in their order. */
    Set<String> extensions() { return extensions; }

    /** Gives the nested jars. */
    List<String> libraries() { return List.copyOf(libraries); }

    private void library(String name, JarInputStream jar) throws IOException {
        libraries.add(name);
        for (var entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
            if (!isClass(entry) || entry.getName().indexOf('/') < 0) continue;
            inside.add(packageOf(entry.getName()));
            references(jar.readAllBytes());
        }
    }

    private void look(String file, byte[] bytes) {
        if (file.indexOf('/') < 0) return;
        var home = packageOf(file);
        if (home.startsWith("io.katydid.api")) used.add(home);
        else own.add(home);
        var model = references(bytes);
        if (model != null && isExtension(model)) extensions.add(model.thisClass().asInternalName().replace('/', '.'));
    }

    private static boolean isExtension(ClassModel model) {
        return model.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
            .flatMap(found -> found.annotations().stream()).map(Annotation::className).anyMatch(name -> name.equalsString(EXTENSION));
    }

    /** Collects the packages a class names; null for a class file of a newer Java: loading it gives the better message. */
    private @Nullable ClassModel references(byte[] bytes) {
        try {
            var model = ClassFile.of().parse(bytes);
            for (var entry : model.constantPool()) {
                switch (entry) {
                    case ClassEntry type -> type(type.asInternalName());
                    case NameAndTypeEntry member -> descriptor(member.type().stringValue());
                    case MethodTypeEntry type -> descriptor(type.descriptor().stringValue());
                    default -> {
                    }
                }
            }
            model.fields().forEach(field -> descriptor(field.fieldType().stringValue()));
            model.methods().forEach(method -> descriptor(method.methodType().stringValue()));
            return model;
        } catch (IllegalArgumentException newer) {
            return null;
        }
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
