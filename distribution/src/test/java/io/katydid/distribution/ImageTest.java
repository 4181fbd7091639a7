package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the image's recipe to what the chart, the launcher and the operators of the reference rely on; no image is built here. */
class ImageTest {

    /** Gives the instructions, each line that goes on joined with the next. */
    static List<String> instructions() throws IOException {
        var text = Files.readString(Modules.ROOT.resolve("distribution/kubernetes/Dockerfile")).replaceAll("\\\\\\n\\s*", "");
        return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }

    private static Stream<String> all(String instruction) throws IOException {
        return instructions().stream().filter(line -> line.startsWith(instruction + " "))
            .map(line -> line.substring(instruction.length() + 1));
    }

    private static String only(String instruction) throws IOException {
        assertThat(all(instruction)).as(instruction).hasSize(1);
        return all(instruction).findFirst().orElseThrow();
    }

    /** Gives the variables each process of the image has. */
    static Map<String, String> environment() throws IOException {
        var variables = new TreeMap<String, String>();
        for (var pair : only("ENV").split("\\s+"))
            variables.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        return variables;
    }

    @Test void itHasAJdkAndNoRoot() throws Exception {
        assertThat(only("FROM")).matches("eclipse-temurin:25-jdk(-\\w+)?");
        var user = only("USER").split(":");
        var context = Chart.map(Chart.values().get("podSecurityContext"));
        assertThat(context).containsEntry("runAsUser", Double.valueOf(user[0])).containsEntry("runAsGroup", Double.valueOf(user[1]));
        assertThat(user[0]).isNotEqualTo("0");
        // The cache is made by the user that will read it.
        assertThat(instructions().indexOf("USER " + String.join(":", user)))
            .isLessThan(instructions().indexOf("RUN [\"katydid\", \"warm-up\"]")).isPositive();
    }

    @Test void itListensForOthersAndEndsInGoodOrder() throws Exception {
        assertThat(environment()).containsEntry("KATYDID_WEB_HOST", "*").containsEntry("KATYDID_MASTER_BIND_HOST", "*")
            .containsEntry("HOME", only("WORKDIR"));
        assertThat(only("EXPOSE")).isEqualTo("8089 5557");
        assertThat(only("STOPSIGNAL")).isEqualTo("SIGTERM");
        // The form with brackets: the JVM is process 1's own, and no shell keeps the signal from it.
        assertThat(only("ENTRYPOINT")).isEqualTo("[\"/opt/katydid/bin/katydid\"]");
        assertThat(only("WORKDIR")).as("where the reference's operator mounts scripts").isEqualTo("/home/locust");
        var run = all("RUN").findFirst().orElseThrow();
        assertThat(run).contains("mkdir -p " + only("WORKDIR") + " " + environment().get("KATYDID_CACHE"));
    }
}
