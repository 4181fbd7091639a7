package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks off the loop, from users and other threads. */
class BlockingPoolTest {
    private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();
    private Carriers carriers = Carriers.open(CarrierOptions.defaults().withLoops(2).withName("blocks"));

    @AfterEach void close() {
        carriers.close();
    }

    private <T> T inUser(BlockingCall<T, Exception> body) throws Exception {
        var result = new CompletableFuture<T>();
        carriers.next().spawn("user", () -> {
            try {
                result.complete(body.call());
            } catch (Throwable problem) {
                result.completeExceptionally(problem);
            }
        });
        return result.get(20, TimeUnit.SECONDS);
    }

    @Test void itRunsOnAPlatformThreadAndTheUserComesBack() throws Exception {
        assertThat(inUser(() -> {
            var carrier = Carrier.current();
            var where = carriers.blocking(() -> Thread.currentThread().getName() + " " + Thread.currentThread().isVirtual());
            return where.matches("blocks-blocking-\\d+ false") && carrier.isCurrent();
        })).isTrue();
    }

    @Test void whatItThrowsIsThrownAsItIs() {
        var checked = new IOException("disk");
        assertThatThrownBy(() -> carriers.blocking(() -> {
            throw checked;
        })).isSameAs(checked);
        var error = new AssertionError("no");
        assertThatThrownBy(() -> carriers.blocking(() -> {
            throw error;
        })).isSameAs(error);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void anInterruptEndsTheWorkTooAndIsKept(boolean fallback) throws Exception {
        close();
        carriers = Carriers.open(CarrierOptions.defaults().withLoops(1).withForceFallback(fallback).withName("blocks"));
        var begun = new CountDownLatch(1);
        var workInterrupted = new CountDownLatch(1);
        var kept = new AtomicBoolean();
        var user = carriers.next().spawn("user", () -> {
            assertThatThrownBy(() -> carriers.blocking(() -> {
                begun.countDown();
                try {
                    return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                } catch (InterruptedException stopped) {
                    workInterrupted.countDown();
                    throw stopped;
                }
            })).isInstanceOf(CancellationException.class).hasMessage("The wait for blocking work was interrupted, and so was the work.");
            kept.set(Thread.interrupted());
        });
        begun.await();
        user.interrupt();
        assertThat(workInterrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(user.join(Duration.ofSeconds(10))).isTrue();
        assertThat(kept).isTrue();
    }

    /** Each of a hundred holds one of 64 threads and asks for another. */
    @Test void aCallWithinACallDoesNotWaitForAThread() throws Exception {
        var together = new CountDownLatch(64);
        var sum = new AtomicInteger();
        var users = new ArrayList<Thread>();
        for (int i = 0; i < 100; i++) {
            users.add(carriers.next().spawn("user " + i, () -> sum.addAndGet(carriers.blocking(() -> {
                together.countDown();
                waitFor(together);
                return carriers.blocking(() -> 1);
            }))));
        }
        for (var user : users) assertThat(user.join(Duration.ofSeconds(20))).as(user.getName()).isTrue();
        assertThat(sum).hasValue(100);
    }

    @Test void aThreadTakesNothingOfAUserWithIt() throws Exception {
        try (var loader = new URLClassLoader(new URL[0])) {
            assertThat(inUser(() -> {
                INHERITED.set("a user's");
                Thread.currentThread().setContextClassLoader(loader);
                return carriers.blocking(() -> Thread.currentThread().getContextClassLoader() == loader && INHERITED.get() == null);
            })).as("it sees the caller's class loader, and inherits nothing").isTrue();
        }
        await("idle threads without a class loader").until(() -> Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("blocks-blocking")).allMatch(thread -> thread.getContextClassLoader() == null));
    }

    @Test void closingFreesWhoWaitsForAThread() throws Exception {
        var pool = new BlockingPool("full");
        var begun = new CountDownLatch(64);
        var ended = new CountDownLatch(65);
        var texts = ConcurrentHashMap.<String>newKeySet();
        IntStream.range(0, 65).forEach(_ -> Thread.ofVirtual().start(() -> {
            try {
                pool.call(() -> {
                    begun.countDown();
                    return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                });
            } catch (Exception closed) {
                texts.add(closed.toString());
            }
            ended.countDown();
        }));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        pool.close();
        assertThat(ended.await(10, TimeUnit.SECONDS)).as("left: " + ended.getCount()).isTrue();
        assertThat(texts).contains("java.lang.InterruptedException").isSubsetOf("java.lang.InterruptedException",
            "java.util.concurrent.CancellationException: Blocking work did not end: its set of carriers was closed meanwhile. "
                + "End users before Carriers.close().",
            "java.lang.IllegalStateException: Blocking work cannot begin: its set of carriers is closed. End users before Carriers.close().");
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
