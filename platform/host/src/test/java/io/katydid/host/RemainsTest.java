package io.katydid.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Leaves loaders that go and loaders that are held. */
class RemainsTest {
    private final Remains remains = new Remains(0);

    /** Collects until there is something to say, or a loader watched beside has gone. */
    private List<String> collected() {
        var beside = new WeakReference<>(new Object());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!beside.refersTo(null) && System.nanoTime() < end) System.gc();
        return remains.look();
    }

    @Test void nothingIsSaidOfALoaderThatGoes() throws Exception {
        var loader = new URLClassLoader(new URL[0]);
        var reference = new WeakReference<>(loader);
        remains.watch("shop 1", loader);
        loader.close();
        loader = null;
        assertThat(collected()).isEmpty();
        assertThat(reference.get()).isNull();
    }

    @Test void theThreadThatHoldsALoaderIsNamedOnce() throws Exception {
        var end = new CountDownLatch(1);
        try (var loader = new URLClassLoader(new URL[0])) {
            var thread = Thread.ofPlatform().daemon().name("reader of shop").unstarted(() -> {
                try {
                    end.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.setContextClassLoader(loader);
            thread.start();
            remains.watch("shop 1", loader);
            assertThat(collected()).singleElement().satisfies(line -> assertThat(line)
                .matches(
                    "shop 1 was left \\d+ s ago, and its classes are still in memory: the thread 'reader of shop' \\(at .*RemainsTest.*\\)"
                        + " was started by it and runs on\\. Let Plugin\\.close or onStop end it"));
            assertThat(collected()).isEmpty();
        } finally {
            end.countDown();
        }
    }

    @Test void whereNoThreadIsFoundTheUsualPlacesAreNamed() throws Exception {
        try (var loader = new URLClassLoader(new URL[0])) {
            remains.watch("shop 2", loader);
            assertThat(collected()).singleElement().satisfies(line -> assertThat(line).contains("shop 2 was left")
                .endsWith("The testkit's Unloading finds the path that holds them"));
        }
    }

    @Test void beforeTheCollectorHasLookedNothingIsSaid() throws Exception {
        try (var loader = new URLClassLoader(new URL[0])) {
            var patient = new Remains(TimeUnit.HOURS.toNanos(1));
            patient.watch("shop 3", loader);
            System.gc();
            assertThat(patient.look()).isEmpty();
        }
    }
}
