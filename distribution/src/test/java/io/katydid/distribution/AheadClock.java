package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Is a system clock that is ahead, for a single process: a library that is loaded before all others and adds to what the C library says of the time of day.
 * Durations stay as they are. The tool {@code faketime} goes through a lock at each look at any clock, and makes a JVM ten times as slow.
 */
final class AheadClock {
    private static final String SOURCE = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <sys/time.h>
        #include <time.h>

        int clock_gettime(clockid_t clock, struct timespec *at) {
            static int (*real)(clockid_t, struct timespec *);
            if (!real) real = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
            int result = real(clock, at);
            if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) at->tv_sec += SECONDS;
            return result;
        }

        int gettimeofday(struct timeval *restrict at, void *restrict zone) {
            struct timespec now;
            int result = clock_gettime(CLOCK_REALTIME, &now);
            at->tv_sec = now.tv_sec;
            at->tv_usec = now.tv_nsec / 1000;
            return result;
        }

        time_t time(time_t *at) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            if (at) *at = now.tv_sec;
            return now.tv_sec;
        }
        """;

    private AheadClock() {}

    /** Gives the variables of a process whose clock is so many seconds ahead; skips the test where there is no C compiler. */
    static Map<String, String> by(int seconds, Path folder) throws Exception {
        var compiler = Peers.require("cc");
        var source = Files.writeString(folder.resolve("ahead.c"), SOURCE);
        var library = folder.resolve("ahead.so");
        var process = new ProcessBuilder(compiler.toString(), "-shared", "-fPIC", "-O2", "-DSECONDS=" + seconds, "-o", library.toString(),
            source.toString(), "-ldl").redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return Map.of("LD_PRELOAD", library.toString());
    }
}
