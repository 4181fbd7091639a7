package io.katydid.cluster.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.kernel.stats.Delta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProofTest {
    private final Counted worker = Counted.worker();
    private final Proof proof = new Proof("w1");

    private List<Delta> reports() {
        var reports = new ArrayList<Delta>();
        reports.add(worker.did("GET", "/a", 1_000_000, 5, null).did("POST", "/b", 2_000_000, 5, null).statistics.report());
        reports.add(worker.did("GET", "/a", 3_000_000, 5, new IllegalStateException("no")).statistics.report());
        return reports;
    }

    private Object totals() { return Proof.totals(worker.statistics.tallies(), worker.statistics.report().generation()); }

    @Test void allReportsProveTheTotals() {
        reports().forEach(proof::add);
        assertThat(proof.check(totals())).isEmpty();
    }

    @Test void aLostReportIsNamedWithWhatItHad() {
        proof.add(reports().getFirst());
        assertThat(proof.check(totals()))
            .contains("Statistics incomplete: of worker w1, Aggregated: 2 of 3 requests arrived; GET /a: 1 of 2 requests arrived."
                + " The run's figures lack what did not arrive; look for a lost connection in the logs of both.");
    }

    @Test void aReportCountedTwiceIsNamedToo() {
        reports().forEach(proof::add);
        proof.add(worker.did("POST", "/b", 1, 0, null).statistics.report());
        var totals = totals();
        proof.add(worker.did("POST", "/b", 1, 0, null).statistics.report());
        assertThat(proof.check(totals).orElseThrow()).contains("Aggregated: 5 of 4 requests arrived; POST /b: 3 of 2 requests arrived.");
    }

    @Test void otherTimesOrBytesAreADifference() {
        reports().forEach(proof::add);
        assertThat(proof.check(changed(6, 1L)).orElseThrow()).contains("GET /a: all requests arrived, with other times");
        assertThat(proof.check(changed(5, 1L)).orElseThrow()).contains("GET /a: 10 of 11 bytes arrived");
        assertThat(proof.check(changed(3, 1L)).orElseThrow()).contains("GET /a: 1 of 2 failures arrived");
        assertThat(proof.check(changed(7, 1L)).orElseThrow()).contains("GET /a: 2 of 3 times arrived");
    }

    private Object changed(int column, long more) {
        var data = new HashMap<String, Object>(Proof.totals(worker.statistics.tallies(), 0));
        var rows = new ArrayList<Object>((List<?>) data.get("tallies"));
        var row = new ArrayList<Object>((List<?>) rows.getFirst());
        row.set(column, (long) row.get(column) + more);
        rows.set(0, row);
        data.put("tallies", rows);
        return data;
    }

    @Test void theSumsBeginAnewAfterAReset() {
        reports().forEach(proof::add);
        worker.statistics.clearAll();
        var late = worker.did("GET", "/c", 5, 5, null).statistics.report();
        proof.add(late);
        assertThat(proof.check(totals())).isEmpty();
        // One of the time before comes late and changes nothing.
        proof.add(new Delta(0, 0, late.entries(), late.total(), List.of(), Map.of()));
        assertThat(proof.check(totals())).isEmpty();
        assertThat(proof.check(Proof.totals(worker.statistics.tallies(), 7)).orElseThrow()).contains("0 of 1 requests arrived");
    }

    @Test void manyDifferencesAreCounted() {
        for (int i = 0; i < 9; i++) worker.did("GET", "/" + i, 5, 5, null);
        assertThat(proof.check(totals()).orElseThrow()).contains("GET /3: 0 of 1 requests arrived; and 5 more.");
    }

    @Test void nonsenseProvesNothing() {
        var random = new Random(7);
        for (Object data : new Object[]{"text", List.of(), Map.of(), Map.of("tallies", 5L),
            Map.of("tallies", List.of(5L), "generation", 0L),
            Map.of("tallies", List.of(List.of("a", "GET", "x", 1L, 1L, 1L, 1L, 1L, 1L)), "generation", 0L), Map.of("tallies", List.of()),
            random})
            assertThat(proof.check(data).orElseThrow())
                .startsWith("Statistics incomplete: of worker w1, what it says of them cannot be read: ");
        assertThat(proof.check(null)).isPresent();
    }
}
