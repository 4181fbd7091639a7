package io.katydid.host;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/** Gives the compiler the platform's open packages and those of bundles as its class path, and keeps what it writes. */
final class MemoryFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final ForeignPackages foreign;
    private final SortedMap<String, byte[]> classes = new TreeMap<>();
    private final SortedMap<String, String> origins = new TreeMap<>();
    private final SortedMap<String, String> used = new TreeMap<>();

    MemoryFiles(StandardJavaFileManager platform, ForeignPackages foreign) {
        super(platform);
        this.foreign = foreign;
    }

    Compiled compiled() { return new Compiled(classes, origins, used); }

    @Override public Iterable<JavaFileObject> list(JavaFileManager.Location location, String packageName, Set<JavaFileObject.Kind> kinds,
        boolean recurse) throws IOException {
        if (location != StandardLocation.CLASS_PATH) return super.list(location, packageName, kinds, recurse);
        if (!kinds.contains(JavaFileObject.Kind.CLASS)) return List.of();
        var exported = foreign.find(packageName);
        if (exported.isPresent()) {
            used.put(packageName, exported.get().revision());
            return new ArrayList<>(foreign.classes(packageName).stream().map(path -> new BundleClass(packageName, path)).toList());
        }
        return ScriptLoader.sees(packageName, foreign.embedded())
            ? super.list(location, packageName, Set.of(JavaFileObject.Kind.CLASS), false) : List.of();
    }

    @Override public String inferBinaryName(JavaFileManager.Location location, JavaFileObject file) {
        return file instanceof BundleClass bundled ? bundled.binaryName() : super.inferBinaryName(location, file);
    }

    @Override public boolean isSameFile(FileObject a, FileObject b) { return a.toUri().equals(b.toUri()); }

    @Override public boolean contains(JavaFileManager.Location location, FileObject file) throws IOException {
        return !(file instanceof BundleClass) && !(file instanceof Text) && super.contains(location, file);
    }

    @Override public JavaFileObject getJavaFileForOutput(JavaFileManager.Location location, String className, JavaFileObject.Kind kind,
        FileObject sibling) {
        if (sibling instanceof Text text) origins.put(className, text.source.name());
        return new Output(className);
    }

    /** Is a source as the compiler reads it. */
    static final class Text extends SimpleJavaFileObject {
        private final Source source;

        Text(Source source, int index) {
            super(URI.create("script:///" + index + "/" + source.fileName().replaceAll("[^\\w.$-]", "_")), Kind.SOURCE);
            this.source = source;
        }

        Source source() { return source; }

        @Override public String getName() { return source.name(); }

        @Override public boolean isNameCompatible(String simpleName, Kind kind) {
            return kind == Kind.SOURCE && source.fileName().equals(simpleName + kind.extension);
        }

        @Override public CharSequence getCharContent(boolean ignoreEncodingErrors) { return source.text(); }
    }

    private final class BundleClass extends SimpleJavaFileObject {
        private final String packageName;
        private final String path;

        BundleClass(String packageName, String path) {
            super(URI.create("bundle:///" + path.replace("$", "%24")), Kind.CLASS);
            this.packageName = packageName;
            this.path = path;
        }

        String binaryName() { return path.substring(0, path.length() - ".class".length()).replace('/', '.'); }

        @Override public InputStream openInputStream() throws IOException {
            return new ByteArrayInputStream(foreign.bytes(packageName, path));
        }
    }

    private final class Output extends SimpleJavaFileObject {
        private final String className;

        Output(String className) {
            super(URI.create("class:///" + className.replace('.', '/').replace("$", "%24") + Kind.CLASS.extension), Kind.CLASS);
            this.className = className;
        }

        @Override public OutputStream openOutputStream() {
            var bytes = new ByteArrayOutputStream();
            return new FilterOutputStream(bytes) {
                @Override public void write(byte[] from, int offset, int length) { bytes.write(from, offset, length); }

                @Override public void close() { classes.put(className, bytes.toByteArray()); }
            };
        }
    }
}
