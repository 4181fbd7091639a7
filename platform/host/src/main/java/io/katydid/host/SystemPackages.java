package io.katydid.host;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.SequencedSet;
import java.util.LinkedHashSet;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists the packages of the class path that bundles may import, with their versions. The distribution writes the list once, by {@link #main}; where there is none it is computed at
 * start, which costs about a tenth of a second.
 */
public final class SystemPackages {
    /** Is the file with the list, in the folder of the distribution's jars. */
    static final String FILE = "system-packages.properties";
    private static final String KEY = "packages";
    private static final Pattern VERSION = Pattern.compile("(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?");

    private SystemPackages() {}

    /** Writes the list of its own class path to the file that the argument names. */
    public static void main(String[] args) throws IOException {
        var packages = of(classPath());
        if (packages.isEmpty())
            throw new IllegalArgumentException(
                "No package to export on the class path " + classPath() + ". Run this with the jars of the distribution.");
        Files.writeString(Path.of(args[0]), KEY + "=" + packages + "\n");
    }

    /** Gives the list for the framework: as built, else computed. */
    static String text() {
        var home = System.getProperty("katydid.home", "");
        return home.isEmpty() ? of(classPath()) : text(Path.of(home, "lib", FILE));
    }

    static String text(Path built) {
        if (!Files.isRegularFile(built)) return of(classPath());
        try (var reader = Files.newBufferedReader(built)) {
            var properties = new Properties();
            properties.load(reader);
            return properties.getProperty(KEY, "");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(built + " cannot be read", unreadable);
        }
    }

    static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator)).filter(part -> !part.isBlank())
            .map(Path::of).toList();
    }

    static String of(List<Path> classPath) {
        SequencedSet<String> clauses = new LinkedHashSet<>();
        for (var entry : classPath) {
            try {
                if (Files.isDirectory(entry)) clauses.addAll(ofFolder(entry));
                else if (entry.toString().endsWith(".jar") && Files.exists(entry)) clauses.addAll(ofJar(entry));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(entry + " of the class path cannot be read", unreadable);
            }
        }
        return String.join(",", clauses);
    }

    private static List<String> ofFolder(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            var packages = new TreeSet<String>();
            files.map(file -> folder.relativize(file).toString().replace(File.separatorChar, '/'))
                .filter(name -> name.endsWith(".class") && name.indexOf('/') > 0)
                .forEach(name -> packages.add(packageOf(name)));
            return clauses(packages, "0.0.0");
        }
    }

    private static List<String> ofJar(Path file) throws IOException {
        try (var jar = new JarFile(file.toFile())) {
            var manifest = jar.getManifest();
            var attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
            var exported = attributes.getValue("Export-Package");
            if (exported != null)
                return HeaderClause.parse(exported).stream()
                    .flatMap(clause -> clause.paths().stream().filter(Exports::allowed).map(clause::export)).toList();
            var packages = new TreeSet<String>();
            jar.stream().map(entry -> entry.getName())
                .filter(name -> name.endsWith(".class") && name.indexOf('/') > 0 && !name.startsWith("META-INF/"))
                .forEach(name -> packages.add(packageOf(name)));
            return clauses(packages, version(attributes.getValue("Implementation-Version")));
        }
    }

    private static List<String> clauses(TreeSet<String> packages, String version) {
        return packages.stream().filter(Exports::allowed).map(name -> name + ";version=\"" + version + "\"").toList();
    }

    /** Makes a version the framework accepts of a Maven one. */
    static String version(@Nullable String text) {
        var numbers = VERSION.matcher(text == null ? "" : text);
        if (!numbers.find()) return "0.0.0";
        return numbers.group(1) + "." + or0(numbers.group(2)) + "." + or0(numbers.group(3));
    }

    private static String packageOf(String path) { return path.substring(0, path.lastIndexOf('/')).replace('/', '.'); }

    private static String or0(@Nullable String number) { return number == null ? "0" : number; }
}
