package io.katydid.feeders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.api.StopUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users of several workers take rows, whose positions talk to a ledger as over the wire: one message after the other, some of them lost. */
@Timeout(60)
class LeasedPositionTest {
    private static final int WORKERS = 4;
    private static final int USERS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Is the master, and the way to it. */
    private static final class Wire implements AutoCloseable {
        private final Ledger ledger;
        private final List<LeasedPosition> positions = new ArrayList<>();
        private final BlockingQueue<Runnable> messages = new LinkedBlockingQueue<>();
        private final AtomicInteger sent = new AtomicInteger();
        private final Thread thread = Thread.ofVirtual().unstarted(this::carry);

        Wire(Way way, int size, boolean loses) {
            ledger = new Ledger("csv rows", way);
            for (int i = 0; i < WORKERS; i++) {
                var id = "w" + i;
                int index = i;
                BiConsumer<String, Object> toMaster = (type, data) -> {
                    if (loses && sent.incrementAndGet() % 50 == 0) return;
                    messages.add(() -> take(id, positions.get(index), data));
                };
                positions.add(new LeasedPosition("csv rows", way, size, toMaster, () -> false, PATIENCE));
            }
            thread.start();
        }

        private void take(String id, LeasedPosition position, Object data) {
            switch (data) {
                case Lease.Ask ask -> {
                    var range = ledger.lease(id, ask.size(), WORKERS);
                    position.granted(range.from(), range.count());
                }
                case Lease.Spent _ -> ledger.spent(id);
                default -> throw new AssertionError(data);
            }
            if (ledger.isOver(Set.of("w0", "w1", "w2", "w3"))) positions.forEach(LeasedPosition::over);
        }

        private void carry() {
            try {
                while (true) messages.take().run();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }

        @Override public void close() {
            thread.interrupt();
        }
    }

    private static Queue<Long> allRows(Way way, int size, boolean loses) {
        var rows = new ConcurrentLinkedQueue<Long>();
        try (var wire = new Wire(way, size, loses); var users = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var position : wire.positions) {
                for (int i = 0; i < USERS; i++) {
                    users.execute(() -> {
                        for (long row = position.next(); row < size; row = position.next()) rows.add(row);
                    });
                }
            }
        }
        return rows;
    }

    @Test void eachRowIsOneWorkersAndNoneIsLeft() {
        for (int size : new int[]{1, 7, 1_000, 100_000}) {
            var rows = allRows(Way.SEQUENTIAL, size, false);
            assertThat(rows).hasSize(size);
            assertThat(new HashSet<>(rows)).as("different rows").hasSize(size);
        }
    }

    @Test void itAsksAgainWhenItIsNotAnswered() {
        var rows = allRows(Way.SEQUENTIAL, 20_000, true);
        assertThat(rows).hasSize(20_000);
        assertThat(new HashSet<>(rows)).hasSize(20_000);
    }

    @Test void uniqueRowsAreUsedUp() {
        var rows = allRows(Way.UNIQUE, 500, false);
        assertThat(rows).hasSize(500);
        assertThat(new HashSet<>(rows)).hasSize(500);
    }

    @Test void aMasterThatKnowsNothingOfRowsIsSaid() {
        var position = new LeasedPosition("csv rows", Way.SEQUENTIAL, 5, (_, _) -> {}, () -> false, PATIENCE);
        assertThatThrownBy(position::next).isInstanceOf(KatydidException.class).hasMessage(
            "The master did not say within 1 s which rows of the csv rows this worker may give out. It is no master of Katydid, or lacks the bundle"
                + " feeders: use circular() or random() with it.");
    }

    @Test void withoutSuchAMasterACircularWayIsTheWorkersOwn() {
        var position = new LeasedPosition("csv rows", Way.CIRCULAR, 5, (_, _) -> {}, () -> false, PATIENCE);
        assertThat(position.next()).isZero();
        long begun = System.nanoTime();
        for (long i = 1; i < 1_000; i++) assertThat(position.next()).isEqualTo(i);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("it waits once").isLessThan(PATIENCE);
        position.granted(700, 2);
        assertThat(List.of(position.next(), position.next())).containsExactly(700L, 701L);
    }

    @Test void whoWaitsEndsWithTheTest() throws Exception {
        var ends = new AtomicBoolean();
        var position = new LeasedPosition("csv rows", Way.SEQUENTIAL, 5, (_, _) -> {}, ends::get, PATIENCE);
        var seen = new ConcurrentLinkedQueue<Throwable>();
        var user = Thread.ofVirtual().start(() -> {
            try {
                position.next();
            } catch (StopUser stopped) {
                seen.add(stopped);
            }
        });
        ends.set(true);
        user.join();
        assertThat(seen).hasSize(1);
    }
}
