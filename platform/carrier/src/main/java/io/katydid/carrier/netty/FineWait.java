package io.katydid.carrier.netty;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a selector has something to tell, for nanoseconds at most, where the JDK's own wait knows whole milliseconds: an epoll instance can itself be polled.
 * What is ready, the selector is to be asked for afterwards. For Linux, with {@code --enable-native-access} and the selectors' insides open. One thread's.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">ppoll(2)</a>
 */
final class FineWait {
    private static final int DESCRIPTOR = 0;
    private static final int EVENTS = 4;
    private static final short POLLIN = 1;
    private static final int SECONDS = 0;
    private static final int NANOS = 8;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final EpollSelectors selectors;
    private final MemorySegment polled = Arena.ofAuto().allocate(8, 4);
    private final MemorySegment limit = Arena.ofAuto().allocate(16, 8);

    private FineWait(EpollSelectors selectors) {
        this.selectors = selectors;
        polled.set(ValueLayout.JAVA_SHORT, EVENTS, POLLIN);
    }

    /** Gives one for the selector in use, or null where that cannot be waited for so. */
    static @Nullable FineWait of(EpollSelectors selectors) {
        if (selectors.descriptor().isEmpty() || !FineWait.class.getModule().isNativeAccessEnabled() || ValueLayout.ADDRESS.byteSize() != 8)
            return null;
        try {
            var wait = new FineWait(selectors);
            // In a sandbox the call may be forbidden, and would return at once each time.
            return wait.await(1) ? wait : null;
        } catch (RuntimeException | LinkageError missing) {
            return null;
        }
    }

    /** Waits until the selector has something to tell, somebody wakes it or so many ns are over; tells whether it could: a signal may have come instead. */
    boolean await(long nanos) {
        polled.set(ValueLayout.JAVA_INT, DESCRIPTOR, selectors.descriptor().orElseThrow());
        limit.set(ValueLayout.JAVA_LONG, SECONDS, nanos / SECOND);
        limit.set(ValueLayout.JAVA_LONG, NANOS, nanos % SECOND);
        try {
            return (int) Libc.PPOLL.invokeExact(polled, 1L, limit, MemorySegment.NULL) >= 0;
        } catch (RuntimeException | Error problem) {
            throw problem;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Is looked up with the first loop, on its thread. */
    private static final class Libc {
        static final MethodHandle PPOLL = ppoll();

        private static MethodHandle ppoll() {
            var linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow("ppoll"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS));
        }
    }
}
