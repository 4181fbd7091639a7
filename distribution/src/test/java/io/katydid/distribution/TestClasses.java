package io.katydid.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the compiled tests of all modules, with the classes of the testkit that they call. What has lost its source is left out: it only waits for a clean build. */
final class TestClasses {
    private final Map<String, ClassModel> classes = new HashMap<>();
    private final Set<String> modules = new TreeSet<>();

    private TestClasses() {}

    /** Reads all modules below the root. */
    static TestClasses ofAllModules() {
        var found = new TestClasses();
        for (var module : modules(Modules.ROOT)) {
            found.read(module, "target/test-classes", "src/test/java");
            if (module.endsWith("testkit")) found.read(module, "target/classes", "src/main/java");
        }
        return found;
    }

    /** Reads the given classes alone. */
    static TestClasses of(Class<?>... types) {
        var found = new TestClasses();
        for (var type : types) {
            try (var bytes = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
                found.add(ClassFile.of().parse(bytes.readAllBytes()));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return found;
    }

    /** Leaves a class out that is only an example of a test. */
    TestClasses without(Class<?> example) {
        classes.remove(example.getName().replace('.', '/'));
        return this;
    }

    Stream<ClassModel> all() { return classes.values().stream(); }

    /** Gives the names of the modules that have tests, as paths below the root. */
    Set<String> modules() { return modules; }

    /** Gives the class of an internal name such as {@code io/katydid/Some}, if it is one of the tests' own. */
    Optional<ClassModel> find(String internalName) {
        return Optional.ofNullable(classes.get(internalName));
    }

    private void add(ClassModel model) { classes.put(model.thisClass().asInternalName(), model); }

    private void read(Path module, String compiled, String sources) {
        var root = module.resolve(compiled);
        if (!Files.isDirectory(root)) return;
        try (var files = Files.walk(root)) {
            var present = files.filter(file -> file.toString().endsWith(".class"))
                .filter(file -> Files.exists(source(root.relativize(file), module.resolve(sources)))).toList();
            for (var file : present) add(ClassFile.of().parse(file));
            if (!present.isEmpty()) modules.add(Modules.ROOT.relativize(module).toString());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path source(Path compiled, Path sources) {
        var name = compiled.getFileName().toString();
        var end = name.indexOf('$') > 0 ? name.indexOf('$') : name.length() - ".class".length();
        return sources.resolve(compiled).resolveSibling(name.substring(0, end) + ".java");
    }

    private static Set<Path> modules(Path root) {
        var found = new TreeSet<Path>();
        try (var poms = Files.find(root, 4, (file, _) -> file.endsWith("pom.xml"))) {
            poms.map(Path::getParent).filter(module -> Files.isDirectory(module.resolve("src")))
                .filter(module -> !root.relativize(module).toString().contains("target")).forEach(found::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return found;
    }
}
