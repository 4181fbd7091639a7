package io.katydid.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.CatchResponseError;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.stats.Snapshot;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.parity.Parity;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at the tables of a real environment's statistics: no line wraps, no number is cut. */
class TablesTest {

    static final class Nobody extends User {
        @Task void nothing() {}
    }

    private static Snapshot snapshot() {
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(0, 1);
            for (int i = 0; i < 100; i++) environment.events().request().report("GET", "/", i).success();
            environment.events().request()
                .report("PROPFIND-LONG", "/a/rather/long/name/that/does/not/fit/into/any/column/of/any/table/at/all/ever", 123_456)
                .failure(new CatchResponseError(
                    "a text that is much longer than any terminal is wide, and which goes on and on, and on, until it ends at last, here, after all, or nearly so"));
            runner.quit();
            return environment.stats().snapshot();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 124, 160, 200})
    @Parity("CL-135") void noLineWraps(int columns) {
        var screen = new Screen(columns, false);
        var lines = new ArrayList<String>();
        lines.addAll(new RequestTable(screen, snapshot(), false).lines());
        lines.addAll(new PercentileTable(screen, snapshot()).lines());
        lines.addAll(ErrorTable.lines(screen, snapshot()));
        lines.addAll(Remarks.lines(screen, snapshot(), Optional.empty()));
        assertThat(lines).hasSizeGreaterThan(15).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("100").contains("0(0.00%)"))
            .anySatisfy(line -> assertThat(line).contains("123456"));
    }

    @Test
    @Parity("CL-135") void theWideTableIsThatOfTheReference() {
        var lines = new RequestTable(new Screen(160, false), snapshot(), false).lines();
        assertThat(lines.get(0)).startsWith("Type     Name ")
            .endsWith("# reqs      # fails |    Avg     Min     Max    Med |   req/s  failures/s").hasSize(160);
        assertThat(lines.get(1))
            .isEqualTo("--------|" + "-".repeat(76) + "|-------|-------------|-------|-------|-------|-------|--------|-----------");
        assertThat(lines.get(2)).startsWith("GET      /  ").contains("    100     0(0.00%) |     49       0      99     49 |");
        assertThat(lines.getLast()).isEmpty();
    }

    @Test void colourIsOnlyForTerminals() {
        assertThat(String.join("", ErrorTable.lines(new Screen(80, false), snapshot()))).doesNotContain("\u001B");
        assertThat(String.join("", ErrorTable.lines(new Screen(80, true), snapshot()))).contains("\u001B[31m");
    }

    @Test void whatDidNotReachAReporterIsSaid() {
        var dropped = (Snapshot) Proxy.newProxyInstance(Snapshot.class.getClassLoader(), new Class<?>[]{Snapshot.class},
            (_, method, _) -> switch (method.getName()) {
                case "health" -> new Snapshot.Health(List.of(), Double.NaN, Double.NaN, Double.NaN, 7);
                case "cancelled" -> Map.of();
                case "exceptions" -> List.of();
                default -> throw new UnsupportedOperationException(method.toString());
            });
        assertThat(Remarks.lines(new Screen(160, false), dropped, Optional.empty()))
            .containsExactly("7 requests did not reach a reporter: it takes them slower than they come. The tables count them.", "");
    }
}
