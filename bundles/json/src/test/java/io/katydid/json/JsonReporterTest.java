package io.katydid.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.CatchResponseError;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.options.OptionValues;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        var out = new ByteArrayOutputStream();
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).host("http://h").parsedOptions(options)
            .plugin(new JsonReporter(new PrintStream(out))).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(0, 1);
            environment.stats().get("never asked", "GET");
            environment.events().request().report("GET", "/a", 12.5).success(100);
            environment.events().request().report("GET", "/b", Double.NaN).failure(new CatchResponseError("no id"));
            environment.shutdown(1);
        }
        return out.toString();
    }

    @Test void bareItPrintsTheEntriesAsTheReferenceDoes() {
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

    @Test void withAFileItTellsTheWholeRun() throws Exception {
        run(new OptionValues.Builder().put(JsonReporter.JSON, folder.resolve("deep/report.json").toString(), "test").build());
        var json = JsonMapper.shared().readTree(Files.readString(folder.resolve("deep/report.json")));
        assertThat(json.get("run").get("parameters").get("host").asString()).isEqualTo("http://h");
        assertThat(json.get("run").get("parameters").get("users").asInt()).isZero();
        assertThat(json.get("total").get("num_requests").asInt()).isEqualTo(2);
        assertThat(json.get("failures").get(0).get("error").asString()).isEqualTo("no id");
        assertThat(json.get("exit_code").asInt()).isEqualTo(1);
    }

    @Test void theReferencesFileHasItsEnding() {
        run(new OptionValues.Builder().put(JsonReporter.JSON_FILE, folder.resolve("stats").toString(), "test").build());
        assertThat(folder.resolve("stats.json")).exists();
    }
}
