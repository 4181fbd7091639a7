package io.katydid.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.CatchResponseError;
import io.katydid.api.Environment;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.cli.Option;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.options.OptionValues;
import io.katydid.parity.Parity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the reporter wrote. */
class JsonReporterTest {

    @TempDir Path folder;

    static final class Nobody extends User {
        @Task void nothing() {}
    }

    private String run(OptionValues options) {
        return run(options, environment -> {
            environment.events().request().report("GET", "/a", 12.5).success(100);
            environment.events().request().report("GET", "/b", Double.NaN).failure(new CatchResponseError("no id"));
        });
    }

    private String run(OptionValues options, Consumer<Environment> requests) {
        var out = new ByteArrayOutputStream();
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).host("http://h")
            .labels(Map.of("region", "eu")).parsedOptions(options)
            .plugin(new JsonReporter(new PrintStream(out))).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(0, 1);
            environment.stats().get("never asked", "GET");
            requests.accept(environment);
            environment.shutdown(1);
        }
        return out.toString();
    }

    @Test
    @Parity({"CL-44", "AC-23"}) void bareItPrintsTheEntriesAsTheReferenceDoes() {
        var text = run(new OptionValues.Builder().put(JsonReporter.JSON, "-", "test").build());
        assertThat(text)
            .startsWith("[\n    {\n        \"name\": \"/a\",\n        \"method\": \"GET\",\n        \"last_request_timestamp\": ");
        var json = JsonMapper.shared().readTree(text);
        assertThat(json.size()).isEqualTo(2);
        assertThat(json.get(0).propertyNames()).containsExactly("name", "method", "last_request_timestamp", "start_time", "num_requests",
            "num_none_requests",
            "num_failures", "total_response_time", "max_response_time", "min_response_time", "total_content_length", "response_times",
            "num_reqs_per_sec",
            "num_fail_per_sec");
        assertThat(json.get(0).get("response_times").get("12").asInt()).isEqualTo(1);
        assertThat(json.get(1).get("min_response_time").isNull()).isTrue();
        assertThat(json.get(1).get("num_none_requests").asInt()).isEqualTo(1);
    }

    @Test
    @Parity({"SD-133", "SD-194"}) void withAFileItTellsTheWholeRun() throws Exception {
        run(new OptionValues.Builder().put(JsonReporter.JSON, folder.resolve("deep/report.json").toString(), "test").build());
        var json = JsonMapper.shared().readTree(Files.readString(folder.resolve("deep/report.json")));
        assertThat(json.get("labels").get("region").asString()).isEqualTo("eu");
        assertThat(json.get("run").get("parameters").get("host").asString()).isEqualTo("http://h");
        assertThat(json.get("run").get("parameters").get("users").asInt()).isZero();
        assertThat(json.get("total").get("num_requests").asInt()).isEqualTo(2);
        assertThat(json.get("failures").get(0).get("error").asString()).isEqualTo("no id");
        assertThat(json.get("exit_code").asInt()).isEqualTo(1);
    }

    @Test
    @Parity({"CL-45", "AC-23"}) void theReferencesFileHasItsEnding() {
        run(new OptionValues.Builder().put(JsonReporter.JSON_FILE, folder.resolve("stats").toString(), "test").build());
        assertThat(folder.resolve("stats.json")).exists();
    }

    @Test void secretsAndPasswordsAreNotInTheFile() throws Exception {
        var token = Option.string("--token").secret();
        var target = Option.string("--target");
        var text = Files
            .readString(report(new OptionValues.Builder().put(token, "s3cret", "test").put(target, "https://joe:pa55@h/x", "test")));
        assertThat(text).doesNotContain("s3cret").doesNotContain("pa55");
        assertThat(JsonMapper.shared().readTree(text).get("options").get("target").asString()).isEqualTo("https://joe:***@h/x");
    }

    @Test void whatAServerSaysIsInTheFileWhateverItIs() throws Exception {
        var odd = "\ud800 \0 \u2028 </script> \"\\ \r\n 日本 😀";
        var file = folder.resolve("odd.json");
        run(new OptionValues.Builder().put(JsonReporter.JSON, file.toString(), "test").build(),
            environment -> environment.events().request().report("GET", odd, 1).failure(new CatchResponseError(odd)));
        var json = JsonMapper.shared().readTree(Files.readString(file));
        assertThat(json.get("failures").get(0).get("error").asString()).contains("\0 \u2028 </script> \"\\ \r\n 日本 😀");
        assertThat(json.get("run").get("parameters").get("users").isNumber()).isTrue();
        assertThat(json.get("options").get("json").asString()).isEqualTo(file.toString());
    }

    @Test void whatCannotBeWrittenIsSaidBeforeTheRun() throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        for (var option : List.of(JsonReporter.JSON, JsonReporter.JSON_FILE)) {
            assertThatThrownBy(() -> run(new OptionValues.Builder().put(option, file + "/x", "test").build()))
                .hasMessageStartingWith(option.name() + " " + file + "/x").hasMessageContaining(" cannot be written: ")
                .hasMessageEndingWith(". Choose a file in a folder you may write to.");
        }
        assertThatThrownBy(() -> run(new OptionValues.Builder().put(JsonReporter.JSON, folder.toString(), "test").build()))
            .hasMessageContaining(folder + " is a folder");
    }

    private Path report(OptionValues.Builder options) {
        var file = folder.resolve("secret.json");
        run(options.put(JsonReporter.JSON, file.toString(), "test").build());
        return file;
    }
}
