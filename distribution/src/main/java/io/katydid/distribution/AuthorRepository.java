package io.katydid.distribution;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the Maven repository of a distribution: what the authors of plugins compile and test against, until it is somewhere else. It holds the platform and the
 * bundles that export packages, each jar with the pom it was built from, and the parents of those poms.
 *
 * <p>A snapshot gets a build number made of all its jars and the file that tells it: without that, Maven would keep the first copy it ever saw.
 */
final class AuthorRepository {
    private static final Pattern PARENT = Pattern.compile("(?s)<parent>.*?<artifactId>([\\w-]+)</artifactId>.*?</parent>");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([\\w-]+)</artifactId>");
    private static final String TIMESTAMP = "20260101.000000";

    private final Path root;
    private final Path folder;
    private final String version;
    private final String fileVersion;

    private AuthorRepository(Path root, Path folder, List<Path> jars) throws IOException {
        this.root = root;
        this.folder = folder;
        version = first(VERSION, Files.readString(root.resolve("pom.xml")));
        fileVersion = version.replace("-SNAPSHOT", "-" + TIMESTAMP + "-" + buildNumber(jars));
    }

    /** Takes the root of the sources and the folder to write. */
    public static void main(String[] args) throws IOException {
        var jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
            .filter(path -> path.getFileName().toString().matches("katydid-.*\\.jar")).filter(AuthorRepository::isForAuthors).sorted()
            .toList();
        new AuthorRepository(Path.of(args[0]), Path.of(args[1]), jars).write(jars);
    }

    private static boolean isForAuthors(Path path) {
        try (var jar = new JarFile(path.toFile())) {
            var attributes = jar.getManifest().getMainAttributes();
            return attributes.getValue("Bundle-SymbolicName") == null || attributes.getValue("Export-Package") != null;
        } catch (IOException broken) {
            throw new UncheckedIOException(path + " cannot be read: " + broken.getMessage() + ". Build it again.", broken);
        }
    }

    private void write(List<Path> jars) throws IOException {
        clear();
        var parents = new ArrayList<String>();
        for (var path : jars) {
            var pom = pom(path);
            var artifact = first(ARTIFACT, PARENT.matcher(pom).replaceFirst(""));
            put(artifact, "jar", Files.readAllBytes(path));
            put(artifact, "pom", pom.getBytes(StandardCharsets.UTF_8));
            describe(artifact, List.of("jar", "pom"));
            parents.add(first(PARENT, pom));
        }
        for (var parent : parents.stream().distinct().toList()) parent(parent);
        System.out.println("The repository for authors holds " + jars.size() + " jars of " + version + ".");
    }

    /** Reads the pom the jar was built from, as the jar plugin left it in it. */
    private static String pom(Path path) throws IOException {
        try (var jar = new JarFile(path.toFile())) {
            var entry = jar.stream().filter(one -> one.getName().matches("META-INF/maven/io\\.katydid/[^/]+/pom\\.xml")).findFirst()
                .orElseThrow(() -> new IOException(path + " has no pom inside. Let the jar plugin add its Maven descriptor."));
            return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void parent(String artifact) throws IOException {
        if (Files.exists(folder.resolve("io/katydid").resolve(artifact))) return;
        var source = artifact.equals("katydid") ? root.resolve("pom.xml")
            : root.resolve(artifact.substring("katydid-".length())).resolve("pom.xml");
        var pom = Files.readString(source);
        put(artifact, "pom", pom.getBytes(StandardCharsets.UTF_8));
        describe(artifact, List.of("pom"));
        var above = PARENT.matcher(pom);
        if (above.find()) parent(above.group(1));
    }

    private Path place(String artifact) throws IOException {
        return Files.createDirectories(folder.resolve("io/katydid").resolve(artifact).resolve(version));
    }

    private void put(String artifact, String ending, byte[] content) throws IOException {
        file(place(artifact).resolve(artifact + "-" + fileVersion + "." + ending), content);
    }

    private static void file(Path path, byte[] content) throws IOException {
        Files.write(path, content);
        Files.writeString(path.resolveSibling(path.getFileName() + ".sha1"), HexFormat.of().formatHex(digest("SHA-1").digest(content)));
    }

    /** Says which files a snapshot's newest build is. */
    private void describe(String artifact, List<String> endings) throws IOException {
        if (version.equals(fileVersion)) return;
        var updated = TIMESTAMP.replace(".", "");
        var versions = new StringBuilder();
        for (var ending : endings) {
            versions.append("      <snapshotVersion><extension>").append(ending).append("</extension><value>").append(fileVersion)
                .append("</value><updated>").append(updated).append("</updated></snapshotVersion>\n");
        }
        file(place(artifact).resolve("maven-metadata.xml"), """
            <?xml version="1.0" encoding="UTF-8"?>
            <metadata modelVersion="1.1.0">
              <groupId>io.katydid</groupId>
              <artifactId>%s</artifactId>
              <version>%s</version>
              <versioning>
                <snapshot><timestamp>%s</timestamp><buildNumber>%s</buildNumber></snapshot>
                <lastUpdated>%s</lastUpdated>
                <snapshotVersions>
            %s    </snapshotVersions>
              </versioning>
            </metadata>
            """.formatted(artifact, version, TIMESTAMP, fileVersion.substring(fileVersion.lastIndexOf('-') + 1), updated, versions)
            .getBytes(StandardCharsets.UTF_8));
    }

    private void clear() throws IOException {
        if (!Files.exists(folder)) return;
        try (var old = Files.walk(folder)) {
            for (var path : old.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    private static int buildNumber(List<Path> jars) throws IOException {
        var digest = digest("SHA-256");
        for (var jar : jars) digest.update(Files.readAllBytes(jar));
        return new java.math.BigInteger(1, digest.digest()).intValue() & Integer.MAX_VALUE;
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) throw new IllegalStateException("There is no " + pattern + " in a pom of ours. Has its form changed?");
        return found.group(1);
    }
}
