package io.katydid.launcher;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Raises the nice value of threads, which needs no right. Taking it back would, so who is nice stays so.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/setpriority.2.html">setpriority(2)</a>, which on Linux means a thread where POSIX means a process
 */
final class Niceness {
    /** Says that what the two calls are given is an id. */
    private static final int PROCESS = 0;
    private static final int MOST = 19;
    private final MethodHandle get;
    private final MethodHandle set;

    /** Finds the calls; an {@link UnsupportedOperationException} says that they may not be used here. */
    Niceness() {
        if (!Niceness.class.getModule().isNativeAccessEnabled()) throw new UnsupportedOperationException("native access is not enabled");
        var linker = Linker.nativeLinker();
        var libc = linker.defaultLookup();
        get = linker.downcallHandle(libc.findOrThrow("getpriority"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        set = linker.downcallHandle(libc.findOrThrow("setpriority"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    /** Adds to the nice value of a thread of this process, up to the greatest there is; says whether the kernel took it. A thread that has ended has none. */
    boolean raise(int thread, int by) {
        try {
            int before = (int) get.invokeExact(PROCESS, thread);
            return (int) set.invokeExact(PROCESS, thread, Math.min(MOST, before + by)) == 0;
        } catch (Throwable impossible) {
            throw new IllegalStateException("A nice value could not be set", impossible);
        }
    }
}
