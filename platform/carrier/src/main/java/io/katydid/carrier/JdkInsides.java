package io.katydid.carrier;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;

/**
 * Looks up what is used of the JDK's insides.
 *
 * @param newThread makes a virtual thread with a scheduler of our own
 * @param carrierThread gives the thread below a virtual one
 * @param pin keeps a virtual thread on its carrier
 * @param unpin ends that
 */
record JdkInsides(MethodHandle newThread, MethodHandle carrierThread, MethodHandle pin, MethodHandle unpin) {

    /** Looks them up; {@code newThread} is the name of the method of {@code java.lang.ThreadBuilders} that makes a thread. */
    static JdkInsides lookUp(String newThread) throws ReflectiveOperationException {
        var lookup = MethodHandles.lookup();
        var builders = Class.forName("java.lang.ThreadBuilders");
        var made = MethodHandles.privateLookupIn(builders, lookup).findStatic(builders, newThread,
            MethodType.methodType(Thread.class, Executor.class, String.class, int.class, Runnable.class));
        var carrier = MethodHandles.privateLookupIn(Thread.class, lookup).findStatic(Thread.class, "currentCarrierThread",
            MethodType.methodType(Thread.class));
        exportContinuation(lookup);
        var continuation = Class.forName("jdk.internal.vm.Continuation");
        var nothing = MethodType.methodType(void.class);
        return new JdkInsides(made, carrier, lookup.findStatic(continuation, "pin", nothing),
            lookup.findStatic(continuation, "unpin", nothing));
    }

    /** Does what {@code --add-exports java.base/jdk.internal.vm=ALL-UNNAMED} does, so that one flag is enough. */
    private static void exportContinuation(MethodHandles.Lookup lookup) throws ReflectiveOperationException {
        var export = MethodHandles.privateLookupIn(Module.class, lookup).findVirtual(Module.class, "implAddExportsToAllUnnamed",
            MethodType.methodType(void.class, String.class));
        try {
            export.invokeExact(Object.class.getModule(), "jdk.internal.vm");
        } catch (ReflectiveOperationException | RuntimeException | Error problem) {
            throw problem;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
