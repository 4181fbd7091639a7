package io.katydid.kernel.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.CatchResponseError;
import io.katydid.parity.Parity;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups failures and exceptions. */
class ErrorRowsTest {
    private final Kept kept = new Kept();

    @AfterEach void close() {
        kept.close();
    }

    @Test
    @Parity({"ST-11", "AC-80", "SD-156"}) void equalTextsOfOneEntryAreOneRow() {
        kept.ends("a", 1, 0, new IOException("closed")).ends("a", 1, 0, new IOException("closed")).ends("a", 1, 0, new IOException("reset"))
            .ends("b", 1, 0, new IOException("closed")).ends("b", 1, 0, new CatchResponseError("no id"));
        var rows = kept.now().errors();
        assertThat(rows.stream().map(row -> row.method() + " " + row.name() + " " + row.error() + " " + row.occurrences())).containsExactly(
            "GET a IOException: closed 2", "GET a IOException: reset 1", "GET b IOException: closed 1", "GET b no id 1");
        assertThat(kept.statistics.get("b", "GET").failures()).hasSize(2);
        assertThat(kept.statistics.total().failures()).hasSize(4);
    }

    @Test
    @Parity({"ST-11", "AC-80"}) void addressesOfObjectsDoNotTellFailuresApart() {
        kept.ends("a", 1, 0, new IllegalStateException("no answer of <Line object at 0x7f0a12>"))
            .ends("a", 1, 0, new IllegalStateException("no answer of <Line object at 0x7f0b34>"))
            .ends("a", 1, 0, new IllegalStateException("no answer of Line@1b2c3d4e"))
            .ends("a", 1, 0, new IllegalStateException("no answer of Line@5f60718a"));
        assertThat(kept.now().errors().stream().map(row -> row.error() + " " + row.occurrences())).containsExactly(
            "IllegalStateException: no answer of <Line object at 0x....> 2", "IllegalStateException: no answer of Line@… 2");
    }

    @Test
    @Parity({"AC-80", "SD-159"}) void aRowKnowsWhenItWasSeenFirstAndLast() {
        kept.at(1).ends("a", 1, 0, new IOException("x")).now();
        kept.at(3.25).ends("a", 1, 0, new IOException("x")).now();
        var row = kept.statistics.errors().iterator().next();
        assertThat(row.firstSeen()).contains(Instant.ofEpochSecond(Kept.START + 1));
        assertThat(row.lastSeen()).contains(Instant.ofEpochSecond(Kept.START + 3, 250_000_000));
        assertThat(kept.statistics.get("a", "GET").failuresJson()).isEqualTo(
            "[{\"method\": \"GET\", \"name\": \"a\", \"error\": \"IOException: x\", \"occurrences\": 2, \"first_seen\": 1800000001.000000, "
                + "\"last_seen\": 1800000003.250000}]");
        assertThat(kept.statistics.get("none", "GET").failuresJson()).isEqualTo("[]");
    }

    private static IllegalStateException thrownHere() { return new IllegalStateException("here"); }

    @Test
    @Parity({"ST-17", "AC-59"}) void exceptionsOfOneTraceAreOneRowWithTheirNodes() {
        for (int i = 0; i < 3; i++) kept.statistics.exception(thrownHere(), i == 0 ? "local" : "worker-1");
        kept.statistics.exception(new IllegalStateException("here"), "local");
        assertThat(kept.statistics.exceptions()).hasSize(2);
        assertThat(kept.statistics.exceptions().getFirst()).satisfies(row -> {
            assertThat(row.count()).isEqualTo(3);
            assertThat(row.message()).isEqualTo("here");
            assertThat(row.traceback()).startsWith("java.lang.IllegalStateException: here").contains("ErrorRowsTest.thrownHere");
            assertThat(row.nodes()).containsExactlyInAnyOrder("local", "worker-1");
        });
        assertThat(kept.now().total().numFailures()).isZero();
    }
}
