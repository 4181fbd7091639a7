package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the memory of a test whose users have something large in hand. */
class MemoryIT {
    /** Has 100 MB in use, and makes 5 GB that is over soon, but not as soon as the next collection. */
    private static final String HOARDER = """
        import io.katydid.api.*;
        import io.katydid.api.event.*;
        import java.lang.management.*;
        import java.util.concurrent.atomic.*;

        class Hoarder extends User {
            private static final AtomicReferenceArray<byte[]> IN_HAND = new AtomicReferenceArray<>(100);
            private static final AtomicInteger MADE = new AtomicInteger();

            @Task void hold() {
                int number = MADE.incrementAndGet();
                IN_HAND.set(number % IN_HAND.length(), new byte[1 << 20]);
                if (number == 5_000) environment().runner().quit();
            }

            @Listen static void onQuitting(Quitting end) {
                for (var pool : ManagementFactory.getMemoryPoolMXBeans())
                    if (pool.getName().equals("Tenured Gen"))
                        System.out.println(MADE.get() + " made, at most " + (pool.getPeakUsage().getUsed() >> 20) + " MB of them kept");
            }
        }
        """;

    /** Makes bodies that are over at once, as fast as it can or a few a second, until the young generation is large or as many MB were made as are wanted. */
    private static final String WASTER = """
        import static io.katydid.api.WaitTime.*;
        import io.katydid.api.*;
        import io.katydid.api.event.*;
        import java.lang.management.*;

        class Waster extends User {
            private static volatile byte[] body;
            private int made;

            @Override protected WaitTime waitTime() { return constant(Double.parseDouble(System.getenv("WAIT"))); }

            @Task void waste() {
                for (int i = 0; i < 100; i++) body = new byte[10 * 1024];
                if (++made == Integer.parseInt(System.getenv("TIMES")) || young() > 48) environment().runner().quit();
            }

            private static long young() {
                return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getName().matches("Eden Space|Survivor Space"))
                    .mapToLong(pool -> pool.getUsage().getCommitted() >> 20).sum();
            }

            @Listen static void onQuitting(Quitting end) {
                System.out.println("a young generation of " + young() + " MB");
            }
        }
        """;

    @TempDir Path folder;

    @Test void whatIsLargeAndSoonOverDoesNotFillTheMemory() throws Exception {
        var product = new Product(folder).cold();
        var run = product.with("KATYDID_JAVA_OPTS", "-XX:+UseSerialGC").run("-f",
            product.script("Hoarder.java", HOARDER).toString(), "--headless", "-u", "10", "-r", "10", "-t", "60s");
        assertThat(run.exitCode()).as(run.err()).isZero();
        var said = Pattern.compile("(\\d+) made, at most (\\d+) MB of them kept").matcher(run.out());
        assertThat(said.find()).as(run.out()).isTrue();
        System.out.println(said.group());
        assertThat(Integer.parseInt(said.group(1))).isGreaterThanOrEqualTo(5_000);
        assertThat(Integer.parseInt(said.group(2))).isBetween(80, 1_500);
    }

    @Test void theYoungGenerationGrowsWhereMuchIsOverSoonAndOnlyThere() throws Exception {
        assertThat(youngAfter("0", "200000")).isBetween(50, 70);
        assertThat(youngAfter("0.2", "30")).isBetween(8, 16);
    }

    private int youngAfter(String wait, String times) throws Exception {
        var product = new Product(folder).cold();
        var run = product.with("KATYDID_JAVA_OPTS", "-XX:+UseSerialGC -Xms32m").with("WAIT", wait).with("TIMES", times).run("-f",
            product.script("Waster.java", WASTER).toString(), "--headless", "-u", "1", "-t", "60s");
        assertThat(run.exitCode()).as(run.err()).isZero();
        var said = Pattern.compile("a young generation of (\\d+) MB").matcher(run.out());
        assertThat(said.find()).as(run.out()).isTrue();
        return Integer.parseInt(said.group(1));
    }
}
