package io.katydid.carrier;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Asks Linux for a short slice of the core for the calling thread. A loop works for microseconds and sleeps; with the usual slice of 1 to 3 ms it waits, when it
 * is woken, until the compiler or a reporter has used up its own, and what waits with it is measured. Since Linux 6.12 who asks for less at a time is sooner
 * served, at the same share of the core; kernels before that take the wish and do nothing. Nice stays, and so does a policy of one's own, as of {@code chrt}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/sched_setattr.2.html">sched_setattr(2)</a>
 */
final class ShortSlice {
    private static final long SLICE_NANOS = 200_000;
    /** Is struct sched_attr as far as its first version goes. */
    private static final int ATTR_BYTES = 48;
    private static final long POLICY = 4;
    private static final long RUNTIME = 24;

    private ShortSlice() {}

    /** Is the numbers of the two calls, which few libraries of C have a function for. */
    private record Calls(long set, long get) {

        /** Gives those of this machine, or null where there are none that are known. */
        static @Nullable Calls here() {
            if (!System.getProperty("os.name").equals("Linux")) return null;
            return switch (System.getProperty("os.arch")) {
                case "amd64" -> new Calls(314, 315);
                case "aarch64", "riscv64" -> new Calls(274, 275);
                default -> null;
            };
        }
    }

    /** Asks, where that can be asked; says whether the kernel has taken it. */
    static boolean ask() {
        var calls = Calls.here();
        if (calls == null || !ShortSlice.class.getModule().isNativeAccessEnabled()) return false;
        try (var arena = Arena.ofConfined()) {
            var attr = arena.allocate(ATTR_BYTES, 8);
            if ((long) Libc.SYSCALL.invokeExact(calls.get, 0L, attr, (long) ATTR_BYTES, 0L) != 0) return false;
            if (attr.get(ValueLayout.JAVA_INT, POLICY) != 0) return false;
            attr.set(ValueLayout.JAVA_LONG, RUNTIME, SLICE_NANOS);
            return (long) Libc.SYSCALL.invokeExact(calls.set, 0L, attr, 0L, 0L) == 0;
        } catch (Throwable unusual) {
            // A libc without the call or a sandbox that forbids it; the loop only waits a little longer for its core.
            Carriers.LOG.debug("No short slice could be asked for: {}", unusual.toString());
            return false;
        }
    }

    /** Is made with the first loop, on its thread, which takes 60 to 110 ms beside the rest of the start; the other loops wait for it. */
    private static final class Libc {
        static final MethodHandle SYSCALL = syscall();

        private static MethodHandle syscall() {
            var linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow("syscall"), FunctionDescriptor.of(ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
        }
    }
}
