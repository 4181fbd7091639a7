package io.katydid.host;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** Loads the classes of one compilation; they see the JDK, the platform's open packages and what bundles export. Statics live as long as it does. */
final class ScriptLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Compiled compiled;
    private final ForeignPackages foreign;
    private final ClassLoader platform;

    ScriptLoader(String name, Compiled compiled, ForeignPackages foreign) {
        super("script " + name, ClassLoader.getPlatformClassLoader());
        this.compiled = compiled;
        this.foreign = foreign;
        this.platform = ScriptLoader.class.getClassLoader();
    }

    /** Tells whether each bundle package the script was compiled against is still of the same revision. */
    boolean isLinkedTo(ForeignPackages now) {
        return compiled.used().entrySet().stream()
            .allMatch(use -> now.find(use.getKey()).map(found -> found.revision().equals(use.getValue())).orElse(false));
    }

    /** Tells whether a script sees a package of the class path. */
    static boolean sees(String packageName, boolean embedded) {
        return embedded ? !Exports.internal(packageName) : Exports.allowed(packageName);
    }

    @Override protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            var known = findLoadedClass(name);
            if (known != null) return known;
            var own = compiled.classes().get(name);
            if (own != null) return defineClass(name, own, 0, own.length, ScriptLoader.class.getProtectionDomain());
            return outside(name);
        }
    }

    private Class<?> outside(String name) throws ClassNotFoundException {
        var end = name.lastIndexOf('.');
        var packageName = end < 0 ? "" : name.substring(0, end);
        if (foreign.find(packageName).isPresent()) return foreign.load(packageName, name);
        try {
            return super.loadClass(name, false);
        } catch (ClassNotFoundException notOfTheJdk) {
            if (sees(packageName, foreign.embedded())) return platform.loadClass(name);
            throw notOfTheJdk;
        }
    }

    @Override public @Nullable InputStream getResourceAsStream(String name) {
        var own = name.endsWith(".class") ? compiled.classes().get(name.substring(0, name.length() - ".class".length()).replace('/', '.'))
            : null;
        return own == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(own);
    }

    @Override protected @Nullable URL findResource(String name) {
        var end = name.lastIndexOf('/');
        return end > 0 && sees(name.substring(0, end).replace('/', '.'), foreign.embedded()) ? platform.getResource(name) : null;
    }
}
