package io.katydid.host;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;

/** Finds the classes of a jar that can end the process: nothing can keep them from it when they are called. Libraries in nested jars are not looked at. */
final class ExitCalls {
    private static final Set<String> ENDS = Set.of("java/lang/System.exit", "java/lang/Runtime.exit", "java/lang/Runtime.halt");

    private ExitCalls() {}

    /** Says which classes refer to {@code System.exit} or {@code Runtime.halt}; empty when none does. */
    static Optional<String> remark(Path path) throws IOException {
        var found = new TreeSet<String>();
        try (var jar = new JarFile(path.toFile(), false)) {
            for (var entry : Collections.list(jar.entries())) {
                if (!entry.getName().endsWith(".class")) continue;
                try (var in = jar.getInputStream(entry)) {
                    look(in.readAllBytes(), found);
                }
            }
        }
        if (found.isEmpty()) return Optional.empty();
        return Optional.of(String.join(", ", found) + (found.size() == 1 ? " is called by it" : " are called by it")
            + ": that ends the process, and with it the test. Throw StopTest in a user, or call environment.runner().quit()");
    }

    private static void look(byte[] bytes, Set<String> found) {
        try {
            var model = ClassFile.of().parse(bytes);
            for (var entry : model.constantPool()) {
                if (!(entry instanceof MethodRefEntry method)) continue;
                var name = method.owner().asInternalName() + "." + method.name().stringValue();
                if (ENDS.contains(name))
                    found.add(name.substring("java/lang/".length()) + " (in " + model.thisClass().asInternalName().replace('/', '.') + ")");
            }
        } catch (IllegalArgumentException unreadable) {
            return; // loading it gives the better message
        }
    }
}
