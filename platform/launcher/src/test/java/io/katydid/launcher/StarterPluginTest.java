package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types {@code katydid init plugin}, right and wrong. */
class StarterPluginTest {
    private static final Path EXAMPLE = Path.of(System.getProperty("katydid.basedir", "../..")).resolve("examples/plugin");

    @TempDir Path folder;
    private Path home;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach void install() throws IOException {
        home = folder.resolve("katydid");
        Files.createDirectories(home.resolve("bundles"));
        Files.createFile(home.resolve("bundles/katydid-http-1.0.jar"));
    }

    private int run(Optional<Path> install, String... words) {
        var place = new Place(new ByteArrayInputStream(new byte[0]), new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8), Map.of(), folder, folder, install);
        return new Launch(place, (_, _) -> { throw new AssertionError("init needs no bundles"); }, _ -> {}).run(List.of(words));
    }

    private String said() { return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8); }

    @Test void theProjectIsTheExampleUnderAnotherName() throws IOException {
        assertThat(run(Optional.of(home), "init", "plugin", "shop-load")).as(said()).isZero();

        var project = folder.resolve("shop-load");
        assertThat(said()).contains("Wrote shop-load/").contains("cp target/shop-load-1.0.jar " + home.resolve("plugins"));
        assertThat(files(project)).containsExactlyInAnyOrder("README.md", "pom.xml", "src/main/java/shopload/ShopLoadClient.java",
            "src/main/java/shopload/ShopLoadOptions.java", "src/main/java/shopload/ShopLoadReporter.java",
            "src/main/java/shopload/ShopLoadUser.java");
        for (var file : files(project))
            assertThat(project.resolve(file)).content().doesNotContainIgnoringCase("hello").doesNotContain("../..");
        assertThat(project.resolve("pom.xml")).content().contains("<artifactId>shop-load</artifactId>")
            .contains("<katydid.home>" + home + "</katydid.home>");
        assertThat(project.resolve("README.md")).content().contains("import shopload.*;").contains("class Asking extends ShopLoadUser")
            .contains("src/main/java/shopload/ShopLoadUser.java")
            .contains("mv \"" + home + "/plugins/shop-load-1.0.part\" \"" + home + "/plugins/shop-load-1.0.jar\"");
        assertThat(project.resolve("src/main/java/shopload/ShopLoadReporter.java")).content().startsWith("package shopload;")
            .contains("\"shop-load: \"");
        assertThat(project.resolve("src/main/java/shopload/ShopLoadClient.java")).content().contains("measure(\"SHOPLOAD\", name");
    }

    @Test void theHelpPageSaysHow() {
        var scene = new Scene(folder);
        assertThat(scene.run("--help")).isZero();
        assertThat(scene.out().replaceAll("\\s+", " ")).contains("init plugin NAME: a plugin project in the folder NAME");
    }

    @Test void allFilesOfTheExampleAreWritten() throws IOException {
        assertThat(StarterPlugin.FILES).containsExactlyInAnyOrderElementsOf(files(EXAMPLE));
    }

    private static List<String> files(Path project) throws IOException {
        try (var files = Files.walk(project)) {
            return files.filter(Files::isRegularFile).map(file -> project.relativize(file).toString().replace('\\', '/'))
                .filter(file -> !file.startsWith("target/")).toList();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        init plugin              | The plugin needs a name. Type: katydid init plugin shop-load
        init plugin one two      | 'two' is one word too many. Type one name, such as: katydid init plugin shop-load
        init plugin shop_load    | 'shop_load' cannot be the name of a plugin: it must be letters and digits, with single dashes between, and begin with a letter.
        init plugin 1shop        | '1shop' cannot be the name of a plugin
        init plugin shop--load   | 'shop--load' cannot be the name of a plugin
        init plugin ../shop      | '../shop' cannot be the name of a plugin
        init plugin new          | 'new' cannot be the name of a plugin: no Java package may be called new. Choose another one, such as new-load.
        init plugni shop         | init knows nothing called 'plugni'. Did you mean 'plugin'?
        """) void whatIsTypedWrongIsSaid(String words, String text) throws IOException {
        assertThat(run(Optional.of(home), words.split(" "))).isEqualTo(ExitCode.USAGE.code());
        assertThat(said()).contains(text);
        assertThat(files(folder)).containsExactly("katydid/bundles/katydid-http-1.0.jar");
    }

    @Test void aNameOfABundleIsRefused() {
        assertThat(run(Optional.of(home), "init", "plugin", "http")).isEqualTo(1);
        assertThat(said()).contains("Katydid has a bundle called 'http' already, in " + home.resolve("bundles")
            + ". Choose another name, such as my-http.");
    }

    @Test void aFolderWithSomethingInItIsLeftAsItIs() throws IOException {
        Files.createDirectories(folder.resolve("mine"));
        Files.writeString(folder.resolve("mine/notes.txt"), "mine");

        assertThat(run(Optional.of(home), "init", "plugin", "mine")).isEqualTo(1);

        assertThat(said()).contains("There is something in " + folder.resolve("mine")
            + " already; it is left as it is. Choose another name, or move it away.");
        assertThat(files(folder.resolve("mine"))).containsExactly("notes.txt");
    }

    @Test void anEmptyFolderIsFilledAndAFileOfThatNameIsNot() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        Files.createFile(folder.resolve("file"));

        assertThat(run(Optional.of(home), "init", "plugin", "empty")).isZero();
        assertThat(run(Optional.of(home), "init", "plugin", "file")).isEqualTo(1);

        assertThat(folder.resolve("empty/pom.xml")).exists();
        assertThat(said()).contains("There is a file " + folder.resolve("file") + " already");
    }

    @Test void withoutAnInstallationThereIsNothingToCompileAgainst() {
        assertThat(run(Optional.empty(), "init", "plugin", "mine")).isEqualTo(1);
        assertThat(said()).contains("this Katydid was started from a class path. Use bin/katydid.");
    }
}
