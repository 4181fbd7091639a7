package io.katydid.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Environment;
import io.katydid.api.Run;
import io.katydid.api.cli.ParsedOptions;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Snapshot;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes documents of numbers that JSON cannot say. */
class DocumentsTest {
    private static final JsonMapper STRICT = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) void aNumberThatIsNotFiniteIsNull(double odd) {
        var entry = fake(EntrySnapshot.class, odd,
            Map.of("numRequests", 3L, "responseTimes", Map.of(1L, 2L), "lastRequestTimestamp", Optional.of(odd)));
        var snapshot = fake(Snapshot.class, odd, Map.of("entries", List.of(entry), "total", entry));
        var run = fake(Run.class, odd, Map.of("parameters", Map.of("odd", odd, "in a list", List.of(odd), "time", Duration.ofMillis(1500)),
            "startTime", Instant.EPOCH));
        var options = fake(ParsedOptions.class, odd, Map.of("all", Map.of("deep", Map.of("odd", odd))));
        var environment = fake(Environment.class, odd, Map.of("run", Optional.of(run), "parsedOptions", options));

        var list = STRICT.readTree(Documents.entries(snapshot));
        var report = STRICT.readTree(Documents.report(environment, snapshot, 0));

        assertThat(list.get(0).get("total_response_time").isNull()).isTrue();
        assertThat(report.get("total").get("fail_ratio").isNull()).isTrue();
        assertThat(report.get("total").get("percentiles_ms").get("99.9%").isNull()).isTrue();
        assertThat(report.get("run").get("parameters").get("odd").isNull()).isTrue();
        assertThat(report.get("run").get("parameters").get("time").asDouble()).isEqualTo(1.5);
        assertThat(report.get("options").get("deep").get("odd").isNull()).isTrue();
        // Each number that an entry has is there: null, or the ones that are not odd.
        assertThat(nulls(report.get("total"))).isGreaterThan(15);
    }

    private static long nulls(JsonNode node) {
        return node.isNull() ? 1 : node.valueStream().mapToLong(DocumentsTest::nulls).sum();
    }

    private static <T> T fake(Class<T> type, double odd, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (_, method, _) -> {
            if (answers.containsKey(method.getName())) return answers.get(method.getName());
            var returned = method.getReturnType();
            if (returned == double.class) return odd;
            if (returned == long.class) return 0L;
            if (returned == String.class) return "x";
            if (returned == List.class) return List.of();
            if (returned == Map.class) return Map.of();
            if (returned == Optional.class) return Optional.empty();
            throw new UnsupportedOperationException(method.toString());
        }));
    }
}
