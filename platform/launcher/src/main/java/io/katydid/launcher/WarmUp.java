package io.katydid.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes the AOT cache of {@code katydid warm-up} by a training run; the launcher script uses the file when it exists. */
final class WarmUp {

    private WarmUp() {}

    static int train(Place place, List<String> line) throws IOException, InterruptedException {
        var file = Optional.ofNullable(System.getProperty("katydid.aot")).map(Path::of)
            .orElseThrow(() -> new Refusal(ExitCode.NOT_STARTED,
                "katydid warm-up does not know where the cache belongs: -Dkatydid.aot is not set. Start it with bin/katydid of the distribution."));
        Files.createDirectories(file.toAbsolutePath().getParent());
        int code = line.isEmpty() ? withStarterScript(place, file) : train(place, file, line);
        if (!Files.isRegularFile(file)) {
            throw new Refusal(ExitCode.NOT_STARTED, "The training run ended with exit code " + code + " and made no cache at " + file
                + ". See what it said above, and that the folder can be written.");
        }
        place.out().println("Made " + file + " (" + (Files.size(file) >> 20) + " MB). Katydid starts with it from now on.");
        return ExitCode.OK.code();
    }

    /** Trains with the demo, and with a script that is not cached, so that the compiler is in the cache too. */
    private static int withStarterScript(Place place, Path file) throws IOException, InterruptedException {
        var script = Files.createTempFile("katydid", ".java");
        try {
            Files.writeString(script, "// " + UUID.randomUUID() + "\n" + StarterScript.TEXT);
            return train(place, file, List.of("demo", "-t", "5s", "-f", script.toString()));
        } finally {
            Files.delete(script);
        }
    }

    private static int train(Place place, Path file, List<String> line) throws IOException, InterruptedException {
        return new ProcessBuilder(command(file, line)).directory(place.folder().toFile()).inheritIO().start().waitFor();
    }

    private static List<String> command(Path file, List<String> line) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The cache fits only the flags it was made with, so they are those of this JVM.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(flag -> !flag.startsWith("-XX:AOT")).forEach(command::add);
        command.add("-XX:AOTCacheOutput=" + file);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("io.katydid.launcher.Main");
        command.addAll(line);
        return command;
    }
}
