package io.katydid.carrier;

import java.util.List;

/**
 * Finds in the stack of a user that held its loop whose work that was. The innermost line that is not the JDK's decides: a script that reads a file itself
 * has its own line there, one that asks a protocol for something has the platform's.
 *
 * @param cause whose work it was
 * @param at the line that decided; empty when there is none
 * @param caller the line of the script below it, when the platform's decided; empty when there is none
 */
record Blame(Stall.Cause cause, String at, String caller) {
    private static final List<String> PLATFORM = List.of("io.katydid.", "io.netty.", "io.vertx.", "io.micrometer.", "org.HdrHistogram.",
        "org.apache.felix.", "org.osgi.");
    /** Libraries that scripts and platform call alike: who called decides. */
    private static final List<String> SHARED = List.of("org.slf4j.", "ch.qos.logback.", "tools.jackson.", "com.fasterxml.jackson.");

    /** Blames nobody. */
    static final Blame NOBODY = new Blame(Stall.Cause.UNKNOWN, "", "");

    /** Judges a stack, innermost first; {@code cold} when the loop has hardly worked yet. */
    static Blame of(StackTraceElement[] stack, boolean cold) {
        boolean loading = false;
        for (int i = 0; i < stack.length; i++) {
            var frame = stack[i];
            if (loads(frame)) {
                loading = true;
            } else if (isPlatform(frame)) {
                return new Blame(cold || loading ? Stall.Cause.START : Stall.Cause.PLATFORM, place(frame), callerBelow(stack, i));
            } else if (isScript(frame)) {
                return new Blame(loading ? Stall.Cause.START : Stall.Cause.SCRIPT, place(frame), "");
            }
        }
        return stack.length == 0 ? NOBODY : new Blame(cold || loading ? Stall.Cause.START : Stall.Cause.PLATFORM, place(stack[0]), "");
    }

    private static String callerBelow(StackTraceElement[] stack, int from) {
        for (int i = from + 1; i < stack.length; i++) {
            if (isScript(stack[i])) return place(stack[i]);
        }
        return "";
    }

    /** Tells whether a line belongs to the loading, linking or initialising of a class that is not the script's. */
    private static boolean loads(StackTraceElement frame) {
        var type = frame.getClassName();
        if (isScript(frame)) return false;
        return frame.getMethodName().equals("<clinit>") || frame.getMethodName().equals("loadClass") || type.equals("java.lang.ClassLoader")
            || type.startsWith("jdk.internal.loader.") || type.startsWith("java.lang.invoke.");
    }

    private static boolean isScript(StackTraceElement frame) {
        return !isJdk(frame) && !isPlatform(frame) && SHARED.stream().noneMatch(frame.getClassName()::startsWith);
    }

    private static boolean isPlatform(StackTraceElement frame) {
        return PLATFORM.stream().anyMatch(frame.getClassName()::startsWith);
    }

    private static boolean isJdk(StackTraceElement frame) {
        var module = frame.getModuleName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    /** Words a line as a stack trace does, without loader and module. */
    private static String place(StackTraceElement frame) {
        return new StackTraceElement(frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber()).toString();
    }
}
