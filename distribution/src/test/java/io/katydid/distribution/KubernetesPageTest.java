package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the page on Kubernetes to the chart: every value is in its table, with its default. */
class KubernetesPageTest {
    private static final Pattern ROW = Pattern.compile("\\| `([a-zA-Z.]+)` \\| (.+?) \\| .+ \\|");
    /** Are shown as a whole. */
    private static final Set<String> WHOLE = Set.of("script.files", "master.resources", "worker.resources", "podSecurityContext",
        "securityContext");

    private static void flatten(String prefix, Map<String, Object> values, Map<String, Object> flat) {
        values.forEach((key, value) -> {
            var path = prefix + key;
            if (value instanceof Map<?, ?> map && !map.isEmpty() && !WHOLE.contains(path)) flatten(path + ".", Chart.map(map), flat);
            else flat.put(path, value);
        });
    }

    private static String shown(Object value) {
        return switch (value) {
            case String text when text.isEmpty() -> "empty";
            case Double number -> "`" + number.longValue() + "`";
            case List<?> list when list.isEmpty() -> "`[]`";
            case Map<?, ?> map when map.isEmpty() -> "`{}`";
            default -> "`" + value + "`";
        };
    }

    @Test void theTableHasEachValueWithItsDefault() throws Exception {
        var values = new LinkedHashMap<String, Object>();
        flatten("", Chart.values(), values);
        var rows = new LinkedHashMap<String, String>();
        var page = Files.readString(Modules.ROOT.resolve("distribution/docs/kubernetes.md"));
        ROW.matcher(page).results().forEach(row -> rows.put(row.group(1), row.group(2)));
        assertThat(values).hasSizeGreaterThan(25);
        assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(values.keySet());
        values.forEach((path, value) -> {
            if (!WHOLE.contains(path)) assertThat(rows.get(path)).as(path).isEqualTo(shown(value));
        });
        for (var role : List.of("master", "worker")) {
            var resources = Chart.map(values.get(role + ".resources"));
            var row = rows.getOrDefault(role + ".resources", "");
            assertThat(row).contains(Chart.map(resources.get("requests")).get("cpu").toString(),
                Chart.map(resources.get("requests")).get("memory").toString(),
                "limit " + Chart.map(resources.get("limits")).get("memory"));
        }
    }
}
