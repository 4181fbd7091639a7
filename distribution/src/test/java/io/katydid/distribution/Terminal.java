package io.katydid.distribution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Is a terminal with a person at it: a real pseudo terminal, made by Python, in which a command runs. */
final class Terminal implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private final Process process;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Thread reader;

    private Terminal(Process process) {
        this.process = process;
        reader = Thread.ofPlatform().daemon().start(this::read);
    }

    /** Opens one, or skips the test where there is no Python. */
    static Terminal open(Product product, Path folder, int columns, String... command) throws IOException {
        var python = Peers.require("python3");
        var driver = folder.resolve("terminal.py");
        try (InputStream source = Terminal.class.getResourceAsStream("/terminal.py")) {
            if (source == null) throw new IllegalStateException("terminal.py is missing");
            Files.write(driver, source.readAllBytes());
        }
        var words = new ArrayList<>(List.of(python.toString(), driver.toString(), Integer.toString(columns)));
        words.addAll(List.of(command));
        return new Terminal(product.builder(words).redirectErrorStream(true).start());
    }

    private void read() {
        try {
            var bytes = new byte[8192];
            for (int count = process.getInputStream().read(bytes); count >= 0; count = process.getInputStream().read(bytes)) {
                synchronized (shown) {
                    shown.write(bytes, 0, count);
                }
            }
        } catch (IOException closed) {
            // The process has ended.
        }
    }

    String text() {
        synchronized (shown) {
            return shown.toString(StandardCharsets.UTF_8);
        }
    }

    void awaitText(String text) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!text().contains(text)) {
            if (!process.isAlive() || System.nanoTime() > end)
                throw new TimeoutException("Waited for '" + text + "'. It showed:\n" + text());
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    int exitCode() throws Exception {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) throw new TimeoutException("It did not end. It showed:\n" + text());
        reader.join();
        return process.exitValue();
    }

    @Override public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    }
}
