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
 * Bounds what was sent and not read. Each answer has a random number, and who names it has read the answer. For each peer, since ZeroMQ keeps what it does not read in memory: so many answers, and what
 * is not named counts as read after a minute, for its reader may have gone. For all together, since ZeroMQ's one thread encrypts it all and heartbeats wait behind it: so many bytes, not longer than 5 s.
 * One thread.
 */
final class Credit {
    private static final int ANSWERS_PER_CLIENT = 2 * Shipping.AT_ONCE;
    /** Takes about a quarter of a second to encrypt. */
    private static final long BYTES = 8L << 20;
    private static final long ON_ITS_WAY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long EXPIRES_NANOS = TimeUnit.SECONDS.toNanos(60);
    private final SecureRandom random = new SecureRandom();
    private final LongSupplier nanos;
    /** Has what may be on its way, the oldest first. */
    private final Map<Long, Loan> young = new LinkedHashMap<>();
    /** Has what somebody does not read, the oldest first. */
    private final Map<Long, Loan> late = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private long bytes;

    private record Loan(String clientId, long bytes, long nanos) {}

    Credit() {
        this(System::nanoTime);
    }

    Credit(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Gives the number for an answer that has so many bytes at most; none when something has to be read first. */
    OptionalLong take(String clientId, long most) {
        long now = nanos.getAsLong();
        age(now);
        if (isUsedUp(clientId) || bytes + most > BYTES) return OptionalLong.empty();
        long number = random.nextLong();
        if (late.containsKey(number) || young.putIfAbsent(number, new Loan(clientId, most, now)) != null) return OptionalLong.empty();
        counts.merge(clientId, 1, Integer::sum);
        bytes += most;
        return OptionalLong.of(number);
    }

    /** Tells whether a peer itself has to read before it gets more. */
    boolean isUsedUp(String clientId) {
        return counts.getOrDefault(clientId, 0) >= ANSWERS_PER_CLIENT;
    }

    private void age(long now) {
        for (var all = young.entrySet().iterator(); all.hasNext();) {
            var oldest = all.next();
            if (now - oldest.getValue().nanos() < ON_ITS_WAY_NANOS) break;
            all.remove();
            bytes -= oldest.getValue().bytes();
            late.put(oldest.getKey(), oldest.getValue());
        }
        for (var all = late.values().iterator(); all.hasNext();) {
            var oldest = all.next();
            if (now - oldest.nanos() < EXPIRES_NANOS) break;
            all.remove();
            less(oldest.clientId());
        }
    }

    /** Takes in that a peer has read the answer with this number. */
    void read(String clientId, @Nullable Object number) {
        if (!(number instanceof Long known)) return;
        if (young.get(known) instanceof Loan loan && loan.clientId().equals(clientId)) {
            young.remove(known);
            bytes -= loan.bytes();
            less(clientId);
        } else if (late.get(known) instanceof Loan loan && loan.clientId().equals(clientId)) {
            late.remove(known);
            less(clientId);
        }
    }

    private void less(String clientId) {
        counts.computeIfPresent(clientId, (_, count) -> count == 1 ? null : count - 1);
    }
}
