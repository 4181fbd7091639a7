package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.CatchResponseError;
import io.katydid.api.Host;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.launcher.SingleUser.Print;
import io.katydid.parity.Parity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looks at each cell of the lines that a single user prints. */
class SingleUserTest {

    /** Makes a request of each kind and ends. */
    @Host("http://of-the-class")
    public static class Each extends User {
        @Task void each() {
            var requests = environment().events().request();
            requests.report("JOB", "untimed", Double.NaN).success(7);
            requests.report("GET", "/a/name/that/is/longer/than/the/fifty/characters/of/its/column", 12_345_678.4).context("k", "v")
                .response("text")
                .success(5);
            requests.report("GET", "/bad", 1.6).failure(new CatchResponseError("x".repeat(600)));
            requests.report("HOST", environment().host().orElse(host()), 0).success();
            throw new StopUser();
        }
    }

    private static List<String[]> lines(SingleUser single) {
        var out = new ByteArrayOutputStream();
        single.printTo(new PrintStream(out, true, StandardCharsets.UTF_8)).run();
        return out.toString(StandardCharsets.UTF_8).lines().map(line -> line.split("\t", -1)).toList();
    }

    @Test
    @Parity("SD-198") void theCellsAreThoseOfTheReference() {
        var lines = lines(SingleUser.of(Each.class));
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).containsExactly("JOB", "untimed" + " ".repeat(43), "-1     ", "");
        assertThat(lines.get(1)).containsExactly("GET", "/a/name/that/is/longer/than/the/fifty/characters/of/its/column", "12345678", "");
        assertThat(lines.get(2)[2]).isEqualTo("2      ");
        assertThat(lines.get(2)[3]).hasSize(500).endsWith("xxx");
    }

    @Test
    @Parity("SD-198") void furtherCellsHaveTheirPlaces() {
        var cells = lines(SingleUser.of(Each.class).include(Print.TIME, Print.LENGTH, Print.CONTEXT, Print.PAYLOAD)).get(1);
        assertThat(cells[0]).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}");
        assertThat(List.of(cells).subList(1, 8)).containsExactly("GET", "/a/name/that/is/longer/than/the/fifty/characters/of/its/column",
            "12345678", "5", "", "{k=v}", "text");
    }

    @Test void theHostIsThatOfTheClassUnlessAnotherIsGiven() {
        assertThat(lines(SingleUser.of(Each.class)).getLast()[1].strip()).isEqualTo("http://of-the-class");
        assertThat(lines(SingleUser.of(Each.class).host("http://given")).getLast()[1].strip()).isEqualTo("http://given");
    }
}
