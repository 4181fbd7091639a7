package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import io.katydid.parity.Row;
import io.katydid.parity.Rows;
import io.katydid.parity.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** Ties {@code rows.tsv} to the tests of all modules and writes the table of what they prove to {@code target/parity.md}. */
class ParityTest {
    /** What was reached so far. Raise it with each proof; never lower it. */
    private static final int REACHED = 553;
    private static final TestClasses CLASSES = TestClasses.ofAllModules().without(Claims.class);

    @Test void everyClaimIsAboutARowAndAssertsSomething() {
        assertThat(new Proofs(CLASSES, Rows.all()).wrong()).isEmpty();
    }

    @Test void whatWasProvenStaysProven() throws IOException {
        var rows = Rows.all();
        var report = new ParityReport(rows, new Proofs(CLASSES, rows).byRow());
        Files.writeString(Modules.ROOT.resolve("distribution/target/parity.md"), report.page());
        System.out.println(report.line());
        assertThat(report.provenRows())
            .as("%s, and it was %d before. A test has lost its @Parity or is gone: bring the proof back. "
                + "REACHED in ParityTest is raised with each proof and never lowered.", report.line(), REACHED)
            .isGreaterThanOrEqualTo(REACHED);
    }

    @Test void theGuardSawTheTestsOfAllModules() {
        assertThat(CLASSES.modules()).contains("platform/carrier", "platform/kernel", "platform/cluster", "platform/host",
            "platform/launcher",
            "platform/testkit", "platform/parity", "bundles/http", "bundles/csv", "bundles/json", "bundles/html", "bundles/terminal",
            "bundles/demo", "distribution");
        assertThat(CLASSES.all().count()).as("compiled classes of tests").isGreaterThan(400);
    }

    @Test void aClaimThatProvesNothingIsFound() {
        var rows = List.of(Rows.all().getFirst(), new Row("EV-37", "3", "Removed hooks", removed()));
        var proofs = new Proofs(TestClasses.of(Claims.class, Claims.Helper.class), rows);
        assertThat(proofs.wrong()).containsExactlyInAnyOrder(
            "ParityTest$Claims#nothing names rows, but asserts nothing: no call of AssertJ, JUnit's Assertions or Awaitility is reached from it."
                + " Assert what the row says, or remove @Parity.",
            "ParityTest$Claims#openOnly names rows, but asserts nothing: no call of AssertJ, JUnit's Assertions or Awaitility is reached from it."
                + " Assert what the row says, or remove @Parity.",
            "ParityTest$Claims#unknown names the row XX-1, which rows.tsv does not have. Correct the id.",
            "ParityTest$Claims#notApplicable proves the row EV-37, which rows.tsv calls not applicable (removed). Remove that standing, or the id.",
            "ParityTest$Claims#noTest names rows, but JUnit does not run it. Add @Test, or remove @Parity.",
            "ParityTest$Claims#off names rows, but is disabled. Mend it, or remove @Parity.");
        assertThat(proofs.byRow().get("SD-1")).contains("ParityTest$Claims#throughAHelper", "ParityTest$Claims#throughALambda");
    }

    private static Standing removed() {
        return Rows.all().stream().map(Row::standing).filter(standing -> standing.toString().equals("removed")).findFirst().orElseThrow();
    }

    /** Is read and never run: one claim of each kind. */
    static class Claims {
        @Test
        @Parity("SD-1") void nothing() { System.lineSeparator(); }

        @Test
        @Parity("SD-1")
        @SuppressWarnings("CheckReturnValue") void openOnly() { assertThat(1); }

        @Test
        @Parity("XX-1") void unknown() { assertThat(1).isOne(); }

        @Test
        @Parity({"SD-1", "EV-37"}) void notApplicable() { assertThat(1).isOne(); }

        @Parity("SD-1") void noTest() { assertThat(1).isOne(); }

        @Test
        @Disabled("never run")
        @Parity("SD-1") void off() { assertThat(1).isOne(); }

        @Test
        @Parity("SD-1") void throughAHelper() { Helper.holds(1); }

        @Test
        @Parity("SD-1") void throughALambda() { List.of(1).forEach(one -> assertThat(one).isOne()); }

        static class Helper {
            static void holds(int one) { assertThat(one).isOne(); }
        }
    }
}
