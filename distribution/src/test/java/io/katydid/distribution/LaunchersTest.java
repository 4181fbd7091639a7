package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the two launchers: both are made from one list of flags and one class path. */
class LaunchersTest {

    private static final Path TEMPLATES = Modules.ROOT.resolve("distribution/src/main/launcher");
    private static final String SERIAL = "-XX:+UseSerialGC -Xms32m";
    private static final String G1 = "-XX:+UseG1GC -Xms64m";
    @TempDir Path home;

    private void assemble() throws IOException {
        Files.createDirectories(home.resolve("lib"));
        for (var jar : List.of("b.jar", "a.jar")) Files.writeString(home.resolve("lib").resolve(jar), jar);
        Assemble.main(new String[]{TEMPLATES.toString(), home.toString()});
    }

    @Test void bothLaunchersPassTheSameFlagsAndClassPath() throws IOException {
        assemble();

        var sh = Files.readString(home.resolve("bin/katydid"));
        var bat = Files.readString(home.resolve("bin/katydid.bat"));
        var flags = Assemble.flags(TEMPLATES);
        assertThat(flags).hasSizeGreaterThan(8).contains("--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        assertThat(sh).contains(String.join(" ", flags)).contains("class_path=$lib/a.jar:$lib/b.jar").doesNotContain("@FLAGS@",
            "@CLASS_PATH", "@BUILD@");
        assertThat(bat).contains(String.join(" ", flags)).contains("%LIB%\\a.jar;%LIB%\\b.jar");
        assertThat(Arrays.stream(bat.split("\n")).filter(line -> !line.endsWith("\r") && !line.isEmpty())).isEmpty();
        assertThat(Files.isExecutable(home.resolve("bin/katydid"))).isTrue();
    }

    /** Few users on few cores are collected by one thread; many, or who knows how many, by G1; and whoever names a collector gets that one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-u 100                      | 2 |        |                                 | serial",
        "-u100 --headless            | 4 |        |                                 | serial",
        "--users 10000               | 2 |        |                                 | serial",
        "--users=10001               | 2 |        |                                 | g1",
        "-u 100000                   | 2 |        |                                 | g1",
        "-u 100                      | 8 |        |                                 | g1",
        "--headless                  | 2 | 50     |                                 | serial",
        "-u 100000                   | 2 | 50     |                                 | g1",
        "--worker                    | 2 |        |                                 | g1",
        "-u many                     | 2 |        |                                 | g1",
        "-u 99999999999999999999999  | 2 |        |                                 | g1",
        "-u 100                      | 2 |        | -XX:+UseZGC -Xmx8g              | none",
        "-u 100                      | 2 |        | -XX:+UseNUMA -XX:GCTimeRatio=19 | serial"}) void theCollectorFollowsTheNumberOfUsers(
            String line, String cores, @Nullable String users, @Nullable String flags, String collector) throws Exception {
        assemble();
        var java = program(home.resolve("jdk/bin/java"), "echo \"$@\"");
        Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\nMODULES=\"java.base jdk.compiler\"\n");
        var cpus = program(home.resolve("fakes/getconf"), "echo " + cores);
        var builder = new ProcessBuilder(
            Stream.concat(Stream.of(home.resolve("bin/katydid").toString()), Stream.of(line.split(" "))).toList())
            .redirectErrorStream(true);
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("KATYDID_") || name.startsWith("LOCUST_"));
        environment.put("KATYDID_JAVA_HOME", java.getParent().getParent().toString());
        environment.put("PATH", cpus.getParent() + ":" + System.getenv("PATH"));
        if (users != null) environment.put("LOCUST_USERS", users);
        if (flags != null) environment.put("KATYDID_JAVA_OPTS", flags);
        var process = builder.start();

        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("io.katydid.launcher.Main " + line.replaceAll(" +", " "));
        switch (collector) {
            case "serial" -> assertThat(said).contains(" " + SERIAL + " ").doesNotContain(G1);
            case "g1" -> assertThat(said).contains(" " + G1 + " ").doesNotContain(SERIAL);
            default -> assertThat(said).contains(flags).doesNotContain(SERIAL, G1);
        }
    }

    private static Path program(Path file, String line) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }
}
