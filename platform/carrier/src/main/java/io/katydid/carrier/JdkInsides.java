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
 */
record JdkInsides(MethodHandle newThread, MethodHandle carrierThread) {

    /** Looks them up; {@code newThread} is the name of the method of {@code java.lang.ThreadBuilders} that makes a thread. */
    static JdkInsides lookUp(String newThread) throws ReflectiveOperationException {
        var lookup = MethodHandles.lookup();
        var builders = Class.forName("java.lang.ThreadBuilders");
        var made = MethodHandles.privateLookupIn(builders, lookup).findStatic(builders, newThread,
            MethodType.methodType(Thread.class, Executor.class, String.class, int.class, Runnable.class));
        var carrier = MethodHandles.privateLookupIn(Thread.class, lookup).findStatic(Thread.class, "currentCarrierThread",
            MethodType.methodType(Thread.class));
        return new JdkInsides(made, carrier);
    }
}
