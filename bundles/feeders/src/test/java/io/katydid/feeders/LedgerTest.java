package io.katydid.feeders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {

    @Test void theFewerAreLeftTheFewerAreGivenAtATime() {
        var ledger = new Ledger("csv a", Way.SEQUENTIAL);
        long expected = 0;
        long before = Long.MAX_VALUE;
        int leases = 0;
        for (var range = ledger.lease("a", 100_000, 4); range.count() > 0; range = ledger.lease("a", 100_000, 4)) {
            assertThat(range.from()).isEqualTo(expected);
            assertThat(range.count()).isBetween(1L, Math.min(1_000, before));
            expected += range.count();
            before = range.count();
            leases++;
        }
        assertThat(expected).isEqualTo(100_000);
        assertThat(before).isOne();
        assertThat(leases).isBetween(100, 300);
    }

    @Test void aUniqueRowIsGivenAlone() {
        var ledger = new Ledger("csv a", Way.UNIQUE);
        assertThat(ledger.lease("a", 2, 4)).isEqualTo(new Ledger.Range(0, 1));
        assertThat(ledger.lease("b", 2, 4)).isEqualTo(new Ledger.Range(1, 1));
        assertThat(ledger.lease("a", 2, 4).count()).isZero();
        assertThat(ledger.isOver(Set.of("a", "b"))).isFalse();
    }

    @Test void aCircularWayHasNoEnd() {
        var ledger = new Ledger("csv a", Way.CIRCULAR);
        for (int i = 0; i < 10; i++) assertThat(ledger.lease("a", 3, 4)).isEqualTo(new Ledger.Range(100L * i, 100));
    }

    @Test void aFileIsOverWhenAllThatAreThereHaveUsedTheirs() {
        var ledger = new Ledger("csv a", Way.SEQUENTIAL);
        assertThat(ledger.lease("a", 3, 2).count()).isOne();
        assertThat(ledger.lease("b", 3, 2).count()).isOne();
        assertThat(ledger.lease("lost", 3, 2).count()).isOne();
        assertThat(ledger.lease("a", 3, 2).count()).isZero();
        ledger.spent("a");
        assertThat(ledger.isOver(Set.of("a", "b", "lost"))).isFalse();
        ledger.spent("b");
        assertThat(ledger.isOver(Set.of("a", "b", "lost"))).isFalse();
        assertThat(ledger.isOver(Set.of("a", "b"))).isTrue();
        assertThat(ledger.tells(Set.of("a", "b"))).isTrue();
        assertThat(ledger.tells(Set.of("a", "b"))).as("it was told").isFalse();
        ledger.spent("b");
        assertThat(ledger.tells(Set.of("a", "b"))).as("b did not hear it").isTrue();
    }

    @Test void aFileThatIsShorterSomewhereEndsThereForAll() {
        var ledger = new Ledger("csv a", Way.SEQUENTIAL);
        assertThat(ledger.lease("a", 100, 1)).isEqualTo(new Ledger.Range(0, 25));
        assertThat(ledger.lease("b", 10, 1).count()).isZero();
        assertThat(ledger.lease("a", 100, 1).count()).isZero();
    }
}
