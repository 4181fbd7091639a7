package io.katydid.kernel;

import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Spares mutation testing a run of all tests before each class's mutants: its plug-in for JUnit runs tests in order to find them, also in the processes that only need
 * their names. Is used where JUnit is told to look for extensions, which the mutation tests do alone; see MUTATIONS.md.
 */
public final class FindingOnly implements BeforeAllCallback, InvocationInterceptor {
    private static final StackWalker STACK = StackWalker.getInstance();
    private static final String FINDER = "org.pitest.junit5.JUnit5TestUnitFinder";
    private static final String MUTANTS = "org.pitest.mutationtest.execute.MutationTestMinion";
    private volatile boolean finding;

    /** Made by name. */
    public FindingOnly() {}

    @Override public void beforeAll(ExtensionContext context) {
        // The tests themselves may be on another thread; a class of tests begins on that of the finder.
        var callers = STACK.walk(frames -> frames.map(StackWalker.StackFrame::getClassName).distinct().toList());
        finding = callers.containsAll(List.of(FINDER, MUTANTS));
    }

    private <T extends @Nullable Object> void run(Invocation<T> invocation) throws Throwable {
        if (finding) {
            invocation.skip();
        } else {
            invocation.proceed();
        }
    }

    @Override public void interceptTestMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method,
        ExtensionContext context) throws Throwable {
        run(invocation);
    }

    @Override public void interceptTestTemplateMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method,
        ExtensionContext context) throws Throwable {
        run(invocation);
    }
}
