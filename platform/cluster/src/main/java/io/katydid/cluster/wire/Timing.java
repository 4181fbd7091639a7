package io.katydid.cluster.wire;

import java.time.Duration;
import java.util.List;

/** Says when what failed is tried again. */
record Timing(List<Duration> sending, Duration opening, Duration draining) {
    /** Is what the reference does: sending after 1, 3 and 5 seconds, the socket after 5. */
    static final Timing REFERENCE = new Timing(List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(5)),
        Duration.ofSeconds(5), Duration.ofMillis(600));
}
