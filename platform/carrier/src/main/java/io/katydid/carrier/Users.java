package io.katydid.carrier;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Knows the users of one loop that have not ended. Any thread. */
final class Users {
    /** As many stacks are taken to find who holds the default scheduler; each costs some 20 µs of the watchdog's time. */
    private static final int MOST_STACKS = 500;
    private final Set<Thread> all = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile Runnable admitted = () -> {};

    /** Has this run for each user that is taken in. */
    void onAdmission(Runnable work) {
        admitted = work;
    }

    boolean isEmpty() { return all.isEmpty(); }

    /** Takes in a user before it starts; false when no user may start any more. */
    boolean admit(Thread user) {
        // First the user, then the look, as close() does it the other way round: one of both sees the other.
        all.add(user);
        admitted.run();
        if (!closed) return true;
        all.remove(user);
        return false;
    }

    void ended(Thread user) {
        all.remove(user);
    }

    int size() { return all.size(); }

    void close() {
        closed = true;
    }

    /** Tells whether somebody but the caller is still there. */
    boolean hasOthers() {
        return all.size() > (all.contains(Thread.currentThread()) ? 1 : 0);
    }

    /** Interrupts all but the caller. */
    void interruptOthers() {
        for (var user : all) {
            if (user != Thread.currentThread()) user.interrupt();
        }
    }

    /** Finds a user that holds a thread of the JDK's default scheduler: one that runs or, when there is none, one that parked it. */
    Optional<Thread> holder() {
        return first(state -> state == Thread.State.RUNNABLE)
            .or(() -> first(state -> state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING));
    }

    private Optional<Thread> first(Predicate<Thread.State> which) {
        return all.stream().filter(user -> which.test(user.getState())).limit(MOST_STACKS).filter(user -> holds(user.getStackTrace()))
            .findFirst();
    }

    /** Tells a stack that is on a thread from one that waits for its turn; the JDK does not say. */
    private static boolean holds(StackTraceElement[] stack) {
        if (stack.length == 0) return false;
        if (!stack[0].getClassName().equals("java.lang.VirtualThread") && !isPark(stack)) return true;
        return Arrays.stream(stack).limit(4).anyMatch(frame -> frame.getMethodName().equals("parkOnCarrierThread"));
    }

    private static boolean isPark(StackTraceElement[] stack) {
        return Set.of("jdk.internal.vm.Continuation", "jdk.internal.misc.Unsafe").contains(stack[0].getClassName());
    }

    /** Names some of those that are still there. */
    @Override public String toString() {
        return all.stream().map(Thread::getName).limit(5).collect(Collectors.joining(", ")) + (size() > 5 ? ", …" : "");
    }
}
