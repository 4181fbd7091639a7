package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Is the Maven of a plugin's author: the one that runs this build, with a local repository that has never seen Katydid. What is not Katydid's comes from the local
 * repository of this build in the place of Central, so no network is needed and nothing of {@code mvn install} is found.
 */
final class Maven {
    private static final Path REPOSITORY = Modules.ROOT.resolve("distribution/target/authors-repository");

    private final Path folder;
    private final Path home;
    private final Path settings;

    Maven(Path folder) throws IOException {
        this.folder = folder;
        home = Path.of(property("katydid.maven"));
        settings = Files.writeString(folder.resolve("settings.xml"), """
            <settings>
              <localRepository>%s</localRepository>
              <mirrors><mirror><id>this-build</id><mirrorOf>central</mirrorOf><url>%s</url></mirror></mirrors>
            </settings>
            """.formatted(REPOSITORY, Path.of(property("katydid.maven.repository")).toUri()));
        forgetKatydid();
    }

    private static String property(String name) {
        var value = System.getProperty(name);
        assertThat(value).as("The system property " + name + ". Run the test with Maven, whose configuration sets it").isNotNull();
        return value;
    }

    private static void forgetKatydid() throws IOException {
        var ours = REPOSITORY.resolve("io/katydid");
        if (!Files.exists(ours)) return;
        try (var files = Files.walk(ours)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    /** Writes a command {@code mvn} into a folder, for scripts whose path begins with it. */
    void command(Path bin) throws IOException {
        var file = Files.writeString(bin.resolve("mvn"), """
            #!/bin/sh
            exec '%s' -B -gs '%s' -s '%s' "$@"
            """.formatted(home.resolve("bin/mvn"), settings, settings));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs it in a project with the JDK of this test and gives what it said; fails when it fails. */
    String run(Path project, String... words) throws Exception {
        var out = Files.createTempFile(folder, "maven", ".txt");
        var command = new ArrayList<>(
            List.of(home.resolve("bin/mvn").toString(), "-B", "-gs", settings.toString(), "-s", settings.toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        var process = builder.start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        if (!ended) process.destroyForcibly().waitFor();
        assertThat(ended && process.exitValue() == 0).as(String.join(" ", command) + " said:\n" + Files.readString(out)).isTrue();
        return Files.readString(out);
    }
}
