package io.katydid.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Snapshot;
import io.katydid.api.stats.StatsError;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Writes what names, messages and numbers may be and reads it back. */
class RowsPropertyTest {
    private static final Pattern NUMBER = Pattern.compile("-?(\\d+(\\.\\d+)?(e[-+]\\d{2,3})?|inf)|nan|N/A");

    @Provide Arbitrary<String> cells() {
        var nasty = Arbitraries.of("", "=1+1", "+1", "-1", "@x", "\t=", "\r", "\r\n", "\n", "\"", "\"\"", ",", "'", "'=", "''@", "'x",
            "a\0b", "#", " ",
            "\ud800", "日本", "😀", "a,\"b\"\r\nc");
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(1, nasty),
            net.jqwik.api.Tuple.of(1, nasty.list().ofMaxSize(4).map(list -> String.join("", list))),
            net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(20)));
    }

    @Provide Arbitrary<List<List<String>>> tables() { return cells().list().ofMinSize(2).ofMaxSize(6).list().ofMaxSize(6); }

    @Property void whatIsWrittenIsReadBackCellByCell(@ForAll("tables") List<List<String>> table) {
        assertThat(Rfc4180.read(Rows.text(table))).isEqualTo(table);
    }

    @Property void noForeignTextIsAFormulaAndEachIsReadBack(@ForAll("cells") String method, @ForAll("cells") String name,
        @ForAll("cells") String text) {
        var seen = Instant.parse("2026-01-31T12:00:00.123456Z");
        var error = new StatsError(method, name, text, 7, Optional.of(seen), Optional.empty());
        var snapshot = fake(Snapshot.class, Map.of("errors", List.of(error)));
        var file = Rows.failures(snapshot);
        var row = Rfc4180.read(file).get(1);
        assertThat(row.subList(0, 3)).allSatisfy(cell -> assertThat(cell).doesNotMatch("(?s)[=+@\t\r-].*"));
        assertThat(StatsError.parseErrorLog(new StringReader(file))).containsExactly(error);
    }

    @Property void numbersKeepTheirValue(@ForAll double value) {
        var text = Cells.decimal(value);
        assertThat(text).matches(NUMBER);
        if (Double.isFinite(value)) assertThat(Double.parseDouble(text)).isEqualTo(value);
    }

    /** Whatever an entry may say, the files are made, and each number is one that Python reads. */
    @Property void noNumberMakesTheFilesFail(@ForAll("oddNumbers") List<Double> odd, @ForAll("cells") String name, @ForAll long count) {
        var entry = fake(EntrySnapshot.class,
            Map.of("name", name, "method", "GET", "numRequests", count, "numFailures", count, "medianResponseTime", odd.get(0),
                "avgResponseTime", odd.get(1),
                "currentRps", odd.get(2), "responseTimePercentile", odd.get(3), "maxResponseTime", odd.get(4)));
        var snapshot = fake(Snapshot.class, Map.of("entries", List.of(entry), "total", entry, "time", Instant.EPOCH));
        for (var file : List.of(Rows.stats(snapshot), Rows.historyHeader() + Rows.history(snapshot, true))) {
            var rows = Rfc4180.read(file);
            assertThat(rows).hasSize(3);
            assertThat(rows).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.getFirst()));
            assertThat(rows.get(1).subList(4, rows.get(1).size())).allSatisfy(cell -> assertThat(cell).matches(NUMBER));
        }
    }

    @Provide Arbitrary<List<Double>> oddNumbers() {
        return Arbitraries
            .of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0, -0.0, 12.5, Double.MAX_VALUE, Double.MIN_VALUE).list()
            .ofSize(5);
    }

    /** Answers the named methods with these values and all others with what is odd: infinite numbers, nothing. */
    static <T> T fake(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (_, method, _) -> {
            if (answers.containsKey(method.getName())) return answers.get(method.getName());
            var returned = method.getReturnType();
            if (returned == double.class) return Double.POSITIVE_INFINITY;
            if (returned == long.class) return 0L;
            if (returned == int.class) return 0;
            throw new UnsupportedOperationException(method + " of " + Arrays.asList(type));
        }));
    }
}
