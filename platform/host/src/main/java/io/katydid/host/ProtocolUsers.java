package io.katydid.host;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;

/** Finds the user classes that a bundle gives to scripts: the public ones of its exported packages. Read from their class files; nothing is loaded. */
final class ProtocolUsers {
    private static final String USER = "io/katydid/api/User";

    private ProtocolUsers() {}

    private record Type(String above, boolean open) {}

    static List<String> of(Bundle bundle) {
        Map<String, Type> types = new HashMap<>();
        for (var name : Framework.exported(bundle)) {
            for (var path : Framework.classes(bundle, name)) read(bundle, path, types);
        }
        return types.entrySet().stream().filter(type -> type.getValue().open() && isUser(type.getKey(), types))
            .map(type -> type.getKey().substring(type.getKey().lastIndexOf('/') + 1)).sorted().toList();
    }

    private static boolean isUser(String name, Map<String, Type> types) {
        for (var at = types.get(name); at != null; at = types.get(at.above())) {
            if (at.above().equals(USER)) return true;
        }
        return false;
    }

    private static void read(Bundle bundle, String path, Map<String, Type> types) {
        var resource = bundle.getResource(path);
        if (resource == null) return;
        try (var in = resource.openStream()) {
            var model = ClassFile.of().parse(in.readAllBytes());
            var above = model.superclass().map(ClassEntry::asInternalName).orElse("");
            types.put(model.thisClass().asInternalName(), new Type(above, model.flags().has(AccessFlag.PUBLIC)));
        } catch (IOException | IllegalArgumentException unreadable) {
            return; // it is not given to anybody then
        }
    }
}
