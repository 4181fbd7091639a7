package io.katydid.distribution;

import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Runs cases that mostly wait beside each other, some at once, and gives a test for each. */
final class Beside {

    /**
     * Is one of them.
     *
     * @param name what it is called, and its folder
     * @param work what it does
     */
    record Case(String name, Executable work) {}

    private Beside() {}

    /** Starts them, so many at once, in their order. */
    static Stream<DynamicTest> run(int atOnce, Case... cases) {
        var places = new Semaphore(atOnce, true);
        return Arrays.stream(cases).map(each -> begin(each, places)).toList().stream();
    }

    private static DynamicTest begin(Case each, Semaphore places) {
        var task = new FutureTask<Void>(() -> {
            places.acquire();
            try {
                each.work.execute();
            } catch (Error | Exception problem) {
                throw problem;
            } catch (Throwable other) {
                throw new AssertionError(other);
            } finally {
                places.release();
            }
            return null;
        });
        Thread.ofPlatform().daemon().name(each.name).start(task);
        return DynamicTest.dynamicTest(each.name, () -> {
            try {
                task.get();
            } catch (ExecutionException failed) {
                throw failed.getCause();
            }
        });
    }
}
