package io.katydid.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Writes the project of {@code katydid init plugin NAME}: the example plugin under another name. What is there already is never touched. */
final class StarterPlugin {
    static final String WORD = "plugin";
    /** The files of {@code examples/plugin}, which the build packs beside this class. */
    static final List<String> FILES = List.of("README.md", "pom.xml", "src/main/java/hello/HelloClient.java",
        "src/main/java/hello/HelloOptions.java", "src/main/java/hello/HelloReporter.java", "src/main/java/hello/HelloUser.java");

    private StarterPlugin() {}

    /** Takes the words after {@code init plugin}. */
    static int write(Place place, List<String> words) throws IOException {
        if (words.size() != 1)
            throw Refusal.usage(words.isEmpty() ? "The plugin needs a name. Type: katydid init plugin shop-load"
                : "'" + words.get(1) + "' is one word too many. Type one name, such as: katydid init plugin shop-load");
        var name = PluginName.of(words.getFirst());
        var home = place.install().orElseThrow(() -> new Refusal(ExitCode.NOT_STARTED,
            "A plugin is compiled against the repository/ of an installation, and this Katydid was started from a class path. Use bin/katydid."));
        refuseTaken(name, home);
        var folder = place.folder().resolve(name.text());
        refuseExisting(folder);
        for (var file : FILES) {
            var target = folder.resolve(name.path(file));
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.writeString(target, text(file, name, home));
        }
        place.out()
            .println("Wrote " + name.text() + "/: a reporter and a protocol user. Next:\n  cd " + name.text() + "\n  mvn -q package\n  cp "
                + name.jar() + " " + shown(home.resolve("plugins")));
        return ExitCode.OK.code();
    }

    private static String shown(Path path) {
        var text = path.toString();
        return text.contains(" ") ? '"' + text + '"' : text;
    }

    /** A second bundle of a name could not be told from the first by {@code --plugins}. */
    private static void refuseTaken(PluginName name, Path home) throws IOException {
        var bundles = home.resolve("bundles");
        if (!Files.isDirectory(bundles)) return;
        try (var files = Files.list(bundles)) {
            if (files.noneMatch(file -> file.getFileName().toString().startsWith("katydid-" + name.text() + "-"))) return;
        }
        throw new Refusal(ExitCode.NOT_STARTED,
            "Katydid has a bundle called '" + name.text() + "' already, in " + bundles + ". Choose another name, such as my-" + name.text()
                + ".");
    }

    private static void refuseExisting(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        if (!Files.isDirectory(folder)) throw there(folder, "There is a file ");
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) throw there(folder, "There is something in ");
        }
    }

    private static Refusal there(Path folder, String what) {
        return new Refusal(ExitCode.NOT_STARTED, what + folder + " already; it is left as it is. Choose another name, or move it away.");
    }

    private static String text(String file, PluginName name, Path home) throws IOException {
        try (var in = StarterPlugin.class.getResourceAsStream("plugin/" + file)) {
            var text = new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
            return name.in(text).replace("${project.basedir}/../..", home.toUri().getPath().replaceFirst("/$", ""))
                .replace("../../plugins", home.resolve("plugins").toString());
        }
    }
}
