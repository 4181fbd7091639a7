package io.katydid.host;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;

/** Gives scripts the exported packages of the wired bundles. */
final class BundlePackages implements ForeignPackages {
    private final Map<String, Exported> exported = new HashMap<>();
    private final Map<String, Bundle> owners = new HashMap<>();
    private final Map<Revision, String> twice = new HashMap<>();

    private BundlePackages() {}

    static BundlePackages of(List<Revision> running) {
        var packages = new BundlePackages();
        for (var one : running) {
            var bundle = one.bundle();
            if (bundle == null) continue;
            for (var name : Framework.exported(bundle)) {
                var other = packages.exported.putIfAbsent(name, new Exported(name, one.file().name(), one.id()));
                if (other == null) packages.owners.put(name, bundle);
                else packages.twice.putIfAbsent(one, twice(name, other));
            }
        }
        return packages;
    }

    private static String twice(String name, Exported other) {
        return "it exports the package " + name + ", and so does the bundle " + other.bundle()
            + ": scripts get that one's. Rename the package, "
            + "or leave one of the two out with --plugins";
    }

    /** Says of bundles that export a package which scripts get from another one. */
    Map<Revision, String> twice() {
        return Map.copyOf(twice);
    }

    @Override public Optional<Exported> find(String packageName) { return Optional.ofNullable(exported.get(packageName)); }

    @Override public Collection<Exported> all() { return new ArrayList<>(exported.values()); }

    @Override public List<String> classes(String packageName) { return Framework.classes(owner(packageName), packageName); }

    @Override public byte[] bytes(String packageName, String path) throws IOException {
        var resource = owner(packageName).getResource(path);
        if (resource == null) throw new FileNotFoundException(path);
        try (var in = resource.openStream()) {
            return in.readAllBytes();
        }
    }

    @Override public Class<?> load(String packageName, String className) throws ClassNotFoundException {
        return owner(packageName).loadClass(className);
    }

    @Override public boolean embedded() { return owners.isEmpty(); }

    private Bundle owner(String packageName) {
        var owner = owners.get(packageName);
        if (owner == null) throw new IllegalStateException(packageName);
        return owner;
    }
}
