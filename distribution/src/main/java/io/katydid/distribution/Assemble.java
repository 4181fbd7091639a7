package io.katydid.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the launchers of an exploded distribution from their templates and the one list of JVM flags.
 *
 * <p>The class path is written out in a fixed order: the AOT cache fits only the class path it was made with.
 */
final class Assemble {
    private final Path templates;
    private final Path home;

    private Assemble(Path templates, Path home) {
        this.templates = templates;
        this.home = home;
    }

    /** Takes the folder of the templates and the exploded distribution. */
    public static void main(String[] args) throws IOException {
        new Assemble(Path.of(args[0]), Path.of(args[1])).run();
    }

    private void run() throws IOException {
        var jars = jars(home.resolve("lib"));
        Files.createDirectories(home.resolve("bin"));
        var sh = home.resolve("bin/katydid");
        Files.writeString(sh, fill("katydid.sh")
            .replace("@BUILD@", buildId(jars))
            .replace("@CLASS_PATH_SH@", jars.stream().map(jar -> "$lib/" + jar).collect(Collectors.joining(":"))));
        Files.setPosixFilePermissions(sh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(home.resolve("bin/katydid.bat"), fill("katydid.bat")
            .replace("@CLASS_PATH_BAT@", jars.stream().map(jar -> "%LIB%\\" + jar).collect(Collectors.joining(";")))
            .replace("\n", "\r\n"));
    }

    private String fill(String template) throws IOException {
        return Files.readString(templates.resolve(template)).replace("@FLAGS@", String.join(" ", flags(templates)));
    }

    static List<String> flags(Path templates) throws IOException {
        return Files.readAllLines(templates.resolve("jvm.flags")).stream().filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    }

    private static List<String> jars(Path lib) throws IOException {
        try (var files = Files.list(lib)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jar")).sorted().toList();
        }
    }

    /** Names the build by its jars, so that a new one does not meet the cache of an old one. */
    private String buildId(List<String> jars) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var jar : jars) digest.update(Files.readAllBytes(home.resolve("lib").resolve(jar)));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
