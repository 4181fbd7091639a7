package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Does in a user whatever blocks, on the loops and on the fallback: the right result, while sibling users run on. */
class CarrierChecksTest {
    private static final AtomicLong RAN = new AtomicLong();
    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();
    private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();

    @AfterAll static void allChecksRan() {
        assertThat(RAN.get()).as("checks that ran").isEqualTo(checks().size() * 2L);
    }

    @TestFactory Stream<DynamicTest> eachCallWorksOnTheCarrier() { return all(false); }

    @TestFactory Stream<DynamicTest> eachCallWorksOnTheFallback() { return all(true); }

    private static Stream<DynamicTest> all(boolean fallback) {
        return checks().entrySet().stream().map(check -> DynamicTest.dynamicTest(check.getKey(), () -> run(fallback, check.getValue())));
    }

    private static void run(boolean fallback, Callable<Object> check) throws Exception {
        try (var carriers = Carriers.open(CarrierOptions.defaults().withLoops(1).withForceFallback(fallback).withName("test"))) {
            assertThat(carriers.real()).isEqualTo(!fallback);
            var carrier = carriers.next();
            var stop = new AtomicBoolean();
            var turns = new AtomicLong();
            var sibling = carrier.spawn("sibling", () -> {
                while (!stop.get()) {
                    turns.incrementAndGet();
                    LockSupport.parkNanos(1_000_000);
                }
            });
            var result = new CompletableFuture<Object>();
            carrier.spawn("checked", () -> {
                try {
                    long before = turns.get();
                    assertThat(carrier.isCurrent()).isEqualTo(!fallback);
                    assertThat(Carrier.current()).isSameAs(carrier);
                    var value = check.call();
                    assertThat(carrier.isCurrent()).as("still on its carrier").isEqualTo(!fallback);
                    while (turns.get() < before + 2) LockSupport.parkNanos(1_000_000);
                    result.complete(value);
                } catch (Throwable problem) {
                    result.completeExceptionally(problem);
                }
            });
            assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo(true);
            stop.set(true);
            sibling.join();
            RAN.incrementAndGet();
        }
    }

    private static Map<String, Callable<Object>> checks() {
        var checks = new LinkedHashMap<String, Callable<Object>>();
        checks.put("Thread.sleep", () -> atLeast(20, () -> Thread.sleep(20))); // sleeps on purpose: the call under test
        checks.put("parkNanos", () -> atLeast(20, () -> LockSupport.parkNanos(20_000_000)));
        checks.put("park, unpark from another thread", CarrierChecksTest::unparked);
        checks.put("interrupt of a sleep", () -> interrupted(() -> Thread.sleep(60_000))); // sleeps on purpose: the call under test
        checks.put("interrupt of a park", () -> interrupted(() -> {
            while (!Thread.interrupted()) LockSupport.park();
            throw new InterruptedException();
        }));
        checks.put("interrupt of a timed park", () -> interrupted(() -> {
            while (!Thread.interrupted()) LockSupport.parkNanos(60_000_000_000L);
            throw new InterruptedException();
        }));
        checks.put("synchronized with a sleep inside", CarrierChecksTest::synchronizedSleep);
        checks.put("contended monitor", CarrierChecksTest::contendedMonitor);
        checks.put("wait and notify", CarrierChecksTest::waitNotify);
        checks.put("timed wait", () -> {
            var monitor = new Object();
            synchronized (monitor) {
                return atLeast(20, () -> monitor.wait(20));
            }
        });
        checks.put("ReentrantLock", CarrierChecksTest::lock);
        checks.put("BlockingQueue.poll", () -> atLeast(20, () -> new ArrayBlockingQueue<>(1).poll(20, TimeUnit.MILLISECONDS)));
        checks.put("CompletableFuture.get",
            () -> CompletableFuture.supplyAsync(() -> true, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS)).get());
        checks.put("Socket and ServerSocket", CarrierChecksTest::sockets);
        checks.put("java.net.http send", CarrierChecksTest::javaHttp);
        checks.put("ThreadLocal", () -> {
            LOCAL.set("mine");
            Thread.sleep(2); // sleeps on purpose: the value must survive a switch
            return "mine".equals(LOCAL.get());
        });
        checks.put("ScopedValue", () -> ScopedValue.where(SCOPED, "bound").call(() -> {
            Thread.sleep(2); // sleeps on purpose: the value must survive a switch
            return "bound".equals(SCOPED.get());
        }));
        checks.put("Thread.yield", () -> {
            for (int i = 0; i < 1000; i++) Thread.yield();
            return true;
        });
        checks.put("Process.waitFor", () -> new ProcessBuilder("true").start().waitFor() == 0);
        checks.put("parallel stream", () -> IntStream.range(0, 1000).parallel().sum() == 499_500);
        checks.put("Thread.ofVirtual stays on the loop", CarrierChecksTest::childStays);
        checks.put("the per-task executor stays on the loop", CarrierChecksTest::executorStays);
        checks.put("threads of a factory stay on the loop", CarrierChecksTest::factoryStays);
        checks.put("children of children stay on the loop, whatever they wait for", CarrierChecksTest::grandchildStays);
        return checks;
    }

    private interface Step { void run() throws Exception; }

    private static boolean atLeast(long millis, Step step) throws Exception {
        long begin = System.nanoTime();
        step.run();
        return System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static boolean unparked() throws Exception {
        var user = Thread.currentThread();
        var go = new AtomicBoolean();
        Thread.ofPlatform().start(() -> {
            go.set(true);
            LockSupport.unpark(user);
        });
        while (!go.get()) LockSupport.park();
        return true;
    }

    private static boolean interrupted(Step step) throws Exception {
        var user = Thread.currentThread();
        Thread.ofPlatform().start(() -> {
            LockSupport.parkNanos(10_000_000);
            user.interrupt();
        });
        try {
            step.run();
            return false;
        } catch (InterruptedException expected) {
            return true;
        }
    }

    private static boolean synchronizedSleep() throws Exception {
        var monitor = new Object();
        synchronized (monitor) {
            return atLeast(20, () -> Thread.sleep(20)); // sleeps on purpose: the call under test
        }
    }

    private static boolean contendedMonitor() throws Exception {
        var monitor = new Object();
        var held = new CountDownLatch(1);
        var done = new AtomicBoolean();
        Thread.ofVirtual().start(() -> {
            synchronized (monitor) {
                held.countDown();
                LockSupport.parkNanos(20_000_000);
                done.set(true);
            }
        });
        held.await();
        synchronized (monitor) {
            return done.get();
        }
    }

    private static boolean waitNotify() throws Exception {
        var monitor = new Object();
        var told = new AtomicBoolean();
        synchronized (monitor) {
            Thread.ofVirtual().start(() -> {
                synchronized (monitor) {
                    told.set(true);
                    monitor.notifyAll();
                }
            });
            while (!told.get()) monitor.wait();
        }
        return true;
    }

    private static boolean lock() throws Exception {
        var lock = new ReentrantLock();
        var held = new CountDownLatch(1);
        var child = Thread.ofVirtual().start(() -> {
            lock.lock();
            held.countDown();
            LockSupport.parkNanos(20_000_000);
            lock.unlock();
        });
        held.await();
        lock.lock();
        lock.unlock();
        child.join();
        return true;
    }

    private static boolean sockets() throws Exception {
        try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var accepted = server.accept()) {
                    accepted.getOutputStream().write(accepted.getInputStream().read() + 1);
                } catch (Exception closed) {
                    throw new AssertionError(closed);
                }
            });
            try (var client = new Socket(server.getInetAddress(), server.getLocalPort())) {
                client.getOutputStream().write(41);
                return client.getInputStream().read() == 42;
            }
        }
    }

    private static boolean javaHttp() throws Exception {
        var server = com.sun.net.httpserver.HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/")).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 204;
        } finally {
            server.stop(0);
        }
    }

    private static boolean childStays() throws Exception {
        var mine = Carrier.current();
        boolean current = mine.isCurrent();
        var result = new CompletableFuture<Boolean>();
        Thread.ofVirtual().start(() -> result.complete(mine.isCurrent() == current));
        return result.get(10, TimeUnit.SECONDS);
    }

    private static boolean executorStays() throws Exception {
        var mine = Carrier.current();
        boolean current = mine.isCurrent();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return executor.submit(() -> mine.isCurrent() == current).get(10, TimeUnit.SECONDS);
        }
    }

    private static boolean factoryStays() throws Exception {
        var mine = Carrier.current();
        boolean current = mine.isCurrent();
        try (var executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("child-", 0).factory())) {
            var all = IntStream.range(0, 10).mapToObj(_ -> executor.submit(() -> {
                Thread.sleep(1); // sleeps on purpose: it comes back by the loop's timers
                return mine.isCurrent() == current && Thread.currentThread().getName().startsWith("child-");
            })).toList();
            for (var one : all) {
                if (!one.get(10, TimeUnit.SECONDS)) return false;
            }
            return true;
        }
    }

    private static boolean grandchildStays() throws Exception {
        var mine = Carrier.current();
        boolean current = mine.isCurrent();
        var result = new CompletableFuture<Boolean>();
        Thread.startVirtualThread(() -> Thread.startVirtualThread(() -> {
            boolean before = mine.isCurrent() == current;
            LockSupport.parkNanos(1_000_000);
            Thread.yield();
            CompletableFuture.runAsync(() -> LockSupport.parkNanos(1_000_000)).join();
            result.complete(before && mine.isCurrent() == current);
        }));
        return result.get(10, TimeUnit.SECONDS);
    }
}
