package io.katydid.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Makes the terminal give single keys without echo, and puts it back. Does nothing where there is no {@code stty}. */
final class RawTerminal implements AutoCloseable {
    private final String before;
    private final Thread atExit = Thread.ofPlatform().unstarted(this::restore);

    private RawTerminal(String before) {
        this.before = before;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Opens it when a person sits at the terminal. */
    static Optional<RawTerminal> open() {
        var console = System.console();
        if (console == null || !console.isTerminal()) return Optional.empty();
        return stty("-g").filter(state -> !state.isBlank() && stty("-icanon -echo min 1 time 0").isPresent()).map(RawTerminal::new);
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
