package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.katydid.parity.Parity;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sends real signals to a real process. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class SignalsTest {
    private static final long PATIENCE_SECONDS = 60;
    @TempDir Path folder;
    private Process process;
    private BufferedReader err;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @AfterEach void end() throws Exception {
        process.destroyForcibly().waitFor();
    }

    @Test void interruptFinishesTheRun() throws Exception {
        start("--headless", "-u", "2", "-r", "10", "Buyer");
        await("All users spawned");
        signal("INT");
        assertThat(exitCode()).as(said.toString()).isZero();
        assertThat(said).anyMatch(line -> line.endsWith("Exiting due to CTRL+C interruption"))
            .anyMatch(line -> line.endsWith("Shutting down (exit code 0)"));
    }

    @Test
    @Parity("CL-118") void terminateFinishesTheRunAndSaysSo() throws Exception {
        start("--headless", "Buyer");
        await("All users spawned");
        signal("TERM");
        assertThat(exitCode()).as(said.toString()).isZero();
        assertThat(said).anyMatch(line -> line.endsWith("Got SIGTERM signal"))
            .anyMatch(line -> line.endsWith("Shutting down (exit code 0)"));
    }

    @Test void aSecondInterruptEndsAtOnce() throws Exception {
        start("--headless", "--stop-timeout", "60", "Slow");
        await("All users spawned");
        signal("TERM");
        await("Got SIGTERM signal");
        signal("INT");
        assertThat(exitCode()).as(said.toString()).isEqualTo(ExitCode.KILLED.code());
    }

    private void start(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        // A build in the background of a shell ignores Ctrl-C, and so would the child.
        if (ignoresInterrupts()) command.addAll(List.of("env", "--default-signal=INT"));
        command.addAll(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), ChildRun.class.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        err = process.errorReader(StandardCharsets.UTF_8);
    }

    private static boolean ignoresInterrupts() throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) return false;
        var mask = Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:")).findFirst().orElse("SigIgn: 0");
        return (Long.parseUnsignedLong(mask.replaceFirst("SigIgn:\\s*", ""), 16) & 2) != 0;
    }

    private void await(String text) throws IOException {
        for (var line = err.readLine(); line != null; line = err.readLine()) {
            said.add(line);
            if (line.contains(text)) return;
        }
        fail("The run ended before it said '" + text + "': " + said);
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
    }

    private int exitCode() throws Exception {
        err.lines().forEach(said::add);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
