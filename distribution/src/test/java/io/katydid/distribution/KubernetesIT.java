package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the image runs, from the distribution and under the image's variables. */
class KubernetesIT {
    @TempDir Path folder;

    /** Gives a product with the image's variables, but for its two folders, which are the test's. */
    private Product image() throws Exception {
        var product = new Product(folder);
        for (var variable : ImageTest.environment().entrySet()) {
            if (!List.of("HOME", "KATYDID_CACHE").contains(variable.getKey())) product.with(variable.getKey(), variable.getValue());
        }
        return product;
    }

    @Test void theDistributionHasWhatTheImageCopies() throws Exception {
        var sources = new ArrayList<String>();
        for (var line : ImageTest.instructions()) {
            if (line.startsWith("COPY ")) sources.add(line.split("\\s+")[1]);
        }
        assertThat(sources).containsExactly("LICENSE", "bin", "lib", "bundles", "plugins", "conf")
            .allSatisfy(source -> assertThat(Product.HOME.resolve(source)).exists());
        for (var file : List.of("Dockerfile", "manifests/job.yaml", "manifests/deployment.yaml", "chart/katydid/Chart.yaml",
            "chart/katydid/values.yaml",
            "chart/katydid/templates/_helpers.tpl")) {
            assertThat(Product.HOME.resolve("kubernetes").resolve(file)).exists()
                .hasSameBinaryContentAs(Modules.ROOT.resolve("distribution/kubernetes").resolve(file));
        }
    }

    @Test void theImageIsWarmedUpAsItsUser() throws Exception {
        var ended = image().cold().run("warm-up");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        try (var caches = Files.list(folder.resolve("cache/aot"))) {
            assertThat(caches).anySatisfy(file -> assertThat(file.toString()).endsWith(".aot"));
        }
    }

    /** A ConfigMap's file is a link to a link, in a folder that cannot be written. */
    @Test void theChartsScriptRunsFromAConfigMap() throws Exception {
        var data = Files.createDirectories(folder.resolve("scripts/..2026_11_26"));
        Files.writeString(data.resolve("LoadTest.java"),
            Chart.map(Chart.map(Chart.values().get("script")).get("files")).get("LoadTest.java").toString());
        Files.createSymbolicLink(folder.resolve("scripts/..data"), Path.of("..2026_11_26"));
        var script = Files.createSymbolicLink(folder.resolve("scripts/LoadTest.java"), Path.of("..data/LoadTest.java"));
        try (var server = new ShopServer()) {
            var ended = image().run("--locustfile=" + script, "--stop-timeout=30s", "--headless", "--host=" + server.url(), "--users=2",
                "--spawn-rate=2", "--run-time=2s",
                "--only-summary");
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(server.total()).isEqualTo(server.count("GET /")).isGreaterThanOrEqualTo(2);
        }
    }
}
