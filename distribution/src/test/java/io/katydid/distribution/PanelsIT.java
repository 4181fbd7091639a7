package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at console panels as the owner of a jar does: with {@code katydid plugins}. */
class PanelsIT {
    @TempDir Path folder;

    @Test void theListShowsTheBuiltInPanelAndAllThatIsWrongWithAnother() throws Exception {
        var product = Product.installedIn(folder);
        panel(product, "lag-1.0.jar",
            "{\"sdk\": 1, \"panels\": [{\"id\": \"lag\", \"slot\": \"pages\", \"title\": {\"en\": \"Lag\"}, \"module\": \"index.js\"}]}");

        var ended = product.run("plugins");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out())
            .containsPattern("(?m)^panel-pace +\\S+ +active +panel +katydid-panel-pace-\\S+\\.jar\\n    adds  panel pace$")
            .containsPattern(
                "(?m)^lag +1\\.0\\.0 +active +lag-1\\.0\\.jar\\n    error  panel\\.json: panels\\[0]\\.slot is \"pages\"\\. Use one of page, .* \\(1 more\\)\\.$");
        assertThat(ended.err()).contains("lag-1.0.jar: panel.json: panels[0].slot is \"pages\". Use one of page, ")
            .contains(
                "lag-1.0.jar: panel.json: panels[0].module is \"index.js\". The bundle has no console/index.js. Put the file there or correct the path.");
    }

    @Test void aRunThatNeedsNoConsoleDoesNotReadPanels() throws Exception {
        var product = Product.installedIn(folder);
        panel(product, "broken-1.0.jar", "{");

        assertThat(product.run("plugins").err()).contains("broken-1.0.jar: panel.json: line 1, column ");
        assertThat(product.run("--help").err()).doesNotContain("broken-1.0.jar");
    }

    private static void panel(Product product, String file, String json) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Katydid-Console", "console/panel.json");
        try (var jar = new JarOutputStream(Files.newOutputStream(product.home().resolve("plugins").resolve(file)), manifest)) {
            jar.putNextEntry(new JarEntry("console/panel.json"));
            jar.write(json.getBytes());
        }
    }
}
