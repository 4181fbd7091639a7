package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Asks the kernel of this machine, and reads in {@code /proc} what it made of it. */
class ShortSliceTest {

    @Test void aLoopHasAShortSliceWhereTheKernelGivesOne() throws Exception {
        var own = slice();
        assumeTrue(own > 0, "no Linux that shows the slice of a thread");
        assumeTrue(kernel() >= 6.12, "a kernel before 6.12, which has one slice for all");
        assumeTrue(Files.readString(Path.of("/proc/self/status")).contains("\nSeccomp:\t0\n"), "a sandbox that may forbid the call");
        try (var carriers = Carriers.open(CarrierOptions.defaults().withLoops(2))) {
            for (int i = 0; i < 2; i++) {
                var seen = new CompletableFuture<Double>();
                carriers.next().execute(() -> seen.complete(slice()));
                assertThat(seen.get()).isEqualTo(0.2);
            }
        }
        assertThat(slice()).as("slice of the thread that opened them").isEqualTo(own);
    }

    /** Gives major and minor as one number that can be compared. */
    private static double kernel() {
        var parts = System.getProperty("os.version").split("[^0-9]+");
        return Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]) / 100.0;
    }

    /** Gives the slice of the calling thread in ms, or 0 where none is shown. */
    private static double slice() {
        try (var lines = Files.lines(Path.of("/proc/thread-self/sched"))) {
            return lines.filter(line -> line.startsWith("se.slice")).findFirst()
                .map(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1).strip()) / 1e6).orElse(0.0);
        } catch (IOException none) {
            return 0;
        }
    }
}
