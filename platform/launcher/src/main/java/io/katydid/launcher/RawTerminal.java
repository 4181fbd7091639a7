package io.katydid.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Makes the terminal give single keys without echo, and puts it back. Does nothing where there is no {@code stty}. */
final class RawTerminal implements AutoCloseable {
    /** Are fields of the process' state, counted after its name. */
    private static final int GROUP = 2;
    private static final int FOREGROUND_GROUP = 5;
    private final String before;
    private final Thread atExit = Thread.ofPlatform().unstarted(this::restore);

    private RawTerminal(String before) {
        this.before = before;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Opens it when a person sits at the terminal; not for a job in the background, which the system would stop for it. */
    static Optional<RawTerminal> open() {
        if (!isTerminal() || inBackground()) return Optional.empty();
        return stty("-g").filter(state -> !state.isBlank() && stty("-icanon -echo min 1 time 0").isPresent()).map(RawTerminal::new);
    }

    /** Asks about the input alone: the JDK's console wants the output to be a terminal too. */
    private static boolean isTerminal() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString().matches("/dev/(pts/.*|tty.*|console)");
        } catch (IOException notLinux) {
            var console = System.console();
            return console != null && console.isTerminal();
        }
    }

    /** Tells whether another group of processes has the terminal. */
    private static boolean inBackground() {
        try {
            var fields = Files.readString(Path.of("/proc/self/stat")).replaceFirst("^.*\\) ", "").split(" ");
            return !fields[GROUP].equals(fields[FOREGROUND_GROUP]);
        } catch (IOException notLinux) {
            return false;
        }
    }

    private void restore() {
        stty(before);
    }

    @Override public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // The hook runs anyway.
        }
    }

    private static Optional<String> stty(String arguments) {
        try {
            var process = new ProcessBuilder("sh", "-c", "stty " + arguments + " </dev/tty").redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException noSuchTool) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
