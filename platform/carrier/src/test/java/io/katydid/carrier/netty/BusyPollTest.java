package io.katydid.carrier.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.katydid.carrier.Carrier;
import io.katydid.carrier.CarrierOptions;
import io.katydid.carrier.Carriers;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lets a loop poll busily: whether it does is told by the processor time of its thread. */
@Timeout(120)
class BusyPollTest {
    private static final long MUCH_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private final Carriers carriers = Carriers.open(CarrierOptions.defaults().withLoops(1).withBusyPoll(true));
    private final Carrier loop = carriers.next();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach void close() {
        end.countDown();
        carriers.close();
    }

    @Test void aLoopTakesItsCoreWhileItHasUsersAndIsIdleAllTheSame() throws Exception {
        assertThat(used()).as("ns used without a user, of 300 ms").isLessThan(MUCH_NANOS / 2);
        var user = user();
        carriers.utilisation();
        long before = cpu();
        await().atMost(PATIENCE).until(() -> cpu() - before > MUCH_NANOS);
        assertThat(carriers.utilisation()).singleElement().satisfies(share -> assertThat(share).as("busy share").isLessThan(0.5));
        long spun = carriers.spunNanos();
        assertThat(spun).as("ns of the core only to ask").isGreaterThan(MUCH_NANOS / 2);
        end.countDown();
        user.join();
        assertThat(used()).as("ns used after the user, of 300 ms").isLessThan(MUCH_NANOS / 2);
    }

    @Test void nothingIsMissedByWhoDoesNotSleep() throws Exception {
        user();
        var read = new CompletableFuture<Void>();
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var channel = new Bootstrap().group(Netty.eventLoop(loop)).channel(NioSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override public void channelRead(ChannelHandlerContext context, Object message) {
                        ReferenceCountUtil.release(message);
                        read.complete(null);
                    }
                }).connect(server.getLocalSocketAddress()).sync().channel();
            try (var accepted = server.accept()) {
                for (int i = 0; i < 1_000; i++) {
                    var sent = new CompletableFuture<Void>();
                    loop.execute(() -> sent.complete(null));
                    sent.get();
                    Netty.eventLoop(loop).submit(() -> {}).get();
                }
                var due = new CompletableFuture<Long>();
                long begin = System.nanoTime();
                loop.after(TimeUnit.MILLISECONDS.toNanos(20), () -> due.complete(System.nanoTime() - begin));
                assertThat(due.get()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
                assertThat(read).isNotDone();
                accepted.getOutputStream().write(1);
                read.get();
            }
            channel.close().sync();
        }
    }

    /** A loop that was woken while it slept without users has to sleep again, and to be woken again, after it polled busily. */
    @Test void aLoopSleepsAndIsWokenAfterItsUsersEnded() throws Exception {
        for (int i = 0; i < 20; i++) {
            var done = new CompletableFuture<Void>();
            loop.spawn("short", () -> done.complete(null)).join();
            done.get();
            var woken = new CompletableFuture<Void>();
            loop.execute(() -> woken.complete(null));
            woken.get();
        }
        assertThat(used()).as("ns used, of 300 ms").isLessThan(MUCH_NANOS / 2);
    }

    private Thread user() throws Exception {
        var runs = new CompletableFuture<Void>();
        var user = loop.spawn("user", () -> {
            runs.complete(null);
            try {
                end.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        });
        runs.get();
        return user;
    }

    /** Gives the processor time that the loop takes until a timer of 300 ms is due. */
    private long used() throws Exception {
        long before = cpu();
        var due = new CompletableFuture<Void>();
        loop.after(MUCH_NANOS, () -> due.complete(null));
        due.get();
        return cpu() - before;
    }

    /** Gives the processor time of the loop's thread, in ns. */
    private long cpu() throws Exception {
        var time = new CompletableFuture<Long>();
        loop.execute(() -> time.complete(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()));
        return time.get();
    }
}
