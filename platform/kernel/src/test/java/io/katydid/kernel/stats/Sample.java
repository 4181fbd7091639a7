package io.katydid.kernel.stats;

import io.katydid.api.spi.RequestOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Is a request to record, made by chance. */
record Sample(String method, String name, long endNanos, long nanos, long length, @Nullable Throwable failure) {
    private static final String[] METHODS = {"GET", "POST", "SQL"};

    /** Gives requests of some names in order of their ends, from microseconds to hours, of which some fail and some are not timed. */
    static List<Sample> some(Random random, int count) {
        var samples = new ArrayList<Sample>();
        long end = 0;
        for (int i = 0; i < count; i++) {
            end += (long) (random.nextDouble() * 60_000_000);
            long nanos = random.nextInt(20) == 0 ? RequestOutcome.UNTIMED
                : Math.round(Math.exp(random.nextDouble() * (random.nextInt(50) == 0 ? 30 : 23)));
            var failure = random.nextInt(4) == 0 ? new IllegalStateException("cause " + random.nextInt(4)) : null;
            samples.add(new Sample(METHODS[random.nextInt(3)], "/page/" + random.nextInt(5), end, nanos, random.nextInt(100_000), failure));
        }
        return samples;
    }
}
