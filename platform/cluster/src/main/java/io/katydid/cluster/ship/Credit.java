package io.katydid.cluster.ship;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what was sent and not read: ZeroMQ keeps it in memory for as long as a peer does not read. Each answer has a random number, and who names it has read the answer. What is not named counts as
 * read after a minute, for its reader may have gone. One thread.
 */
final class Credit {
    private static final int ANSWERS_PER_CLIENT = 2 * Shipping.AT_ONCE;
    private static final long BYTES = 256L << 20;
    private static final long EXPIRES_NANOS = TimeUnit.SECONDS.toNanos(60);
    private final SecureRandom random = new SecureRandom();
    private final LongSupplier nanos;
    /** Has the oldest first. */
    private final Map<Long, Loan> loans = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private long bytes;

    private record Loan(String clientId, long bytes, long nanos) {}

    Credit() {
        this(System::nanoTime);
    }

    Credit(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Gives the number for an answer that has so many bytes at most; none when the peer has to read first. */
    OptionalLong take(String clientId, long most) {
        long now = nanos.getAsLong();
        for (var all = loans.values().iterator(); all.hasNext();) {
            var oldest = all.next();
            if (now - oldest.nanos() < EXPIRES_NANOS) break;
            all.remove();
            returned(oldest);
        }
        if (counts.getOrDefault(clientId, 0) >= ANSWERS_PER_CLIENT || bytes + most > BYTES) return OptionalLong.empty();
        long number = random.nextLong();
        if (loans.putIfAbsent(number, new Loan(clientId, most, now)) != null) return OptionalLong.empty();
        counts.merge(clientId, 1, Integer::sum);
        bytes += most;
        return OptionalLong.of(number);
    }

    /** Takes in that a peer has read the answer with this number. */
    void read(String clientId, @Nullable Object number) {
        if (!(number instanceof Long known)) return;
        var loan = loans.get(known);
        if (loan == null || !loan.clientId().equals(clientId)) return;
        loans.remove(known);
        returned(loan);
    }

    private void returned(Loan loan) {
        counts.computeIfPresent(loan.clientId(), (_, count) -> count == 1 ? null : count - 1);
        bytes -= loan.bytes();
    }
}
