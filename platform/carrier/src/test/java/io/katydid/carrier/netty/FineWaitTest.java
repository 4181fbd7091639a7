package io.katydid.carrier.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.katydid.carrier.CarrierOptions;
import io.katydid.carrier.Carriers;
import io.katydid.carrier.Loop;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waits for a selector of its own, and lets a loop wait. */
class FineWaitTest {
    /** Is longer than a test has patience: whoever waits so long was not woken. */
    private static final long EVER = Duration.ofMinutes(10).toNanos();
    private final EpollSelectors selectors = new EpollSelectors();
    private Selector selector;
    private FineWait wait;

    @BeforeEach void open() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "no Linux: loops wait for whole milliseconds");
        selector = selectors.openSelector();
        wait = FineWait.of(selectors);
        assertThat(wait).as("with the flags of the launcher").isNotNull();
    }

    @AfterEach void close() throws Exception {
        if (selector != null) selector.close();
    }

    @Test void itWaitsNoLessThanAsked() {
        for (long nanos : new long[]{1, 1_000, 70_000, 999_999, 1_000_001, 1_100_000_000}) {
            long begin = System.nanoTime();
            assertThat(wait.await(nanos)).isTrue();
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(nanos);
        }
    }

    @Test void whoWakesTheSelectorEndsIt() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            var waker = Thread.ofPlatform().start(selector::wakeup);
            assertThat(wait.await(EVER)).isTrue();
            waker.join();
            assertThat(selector.selectNow()).isZero();
        }
    }

    @Test void aChannelThatIsReadyEndsIt() throws Exception {
        var pipe = selectors.openPipe();
        try (var source = pipe.source(); var sink = pipe.sink()) {
            source.configureBlocking(false);
            source.register(selector, SelectionKey.OP_READ);
            assertThat(selector.selectNow()).as("it is told of the channel").isZero();
            var writer = Thread.ofPlatform().start(() -> {
                try {
                    sink.write(ByteBuffer.wrap(new byte[1]));
                } catch (Exception problem) {
                    throw new AssertionError(problem);
                }
            });
            assertThat(wait.await(EVER)).isTrue();
            writer.join();
            assertThat(selector.selectNow()).isOne();
        }
    }

    @Test void itFollowsASelectorThatTakesTheOldOnesPlace() throws Exception {
        try (var second = selectors.openSelector()) {
            selector.close();
            second.wakeup();
            assertThat(wait.await(EVER)).isTrue();
            second.selectNow();
            assertThat(wait.await(1)).isTrue();
        }
    }

    /** A wait of whole milliseconds would bring each of them more than half a millisecond late; a poll that does not wait would take thousands of turns. */
    @Test void aLoopIsNotAMillisecondLateAndDoesNotSpin() throws Exception {
        int timers = 200;
        long delay = TimeUnit.MICROSECONDS.toNanos(300);
        var late = new long[timers];
        try (var carriers = Carriers.open(CarrierOptions.defaults().withLoops(1))) {
            var loop = (Loop) carriers.next();
            long turns = loop.turns();
            var done = new CompletableFuture<Void>();
            loop.execute(() -> chain(loop, late, 0, delay, done));
            done.get(1, TimeUnit.MINUTES);
            assertThat(Arrays.stream(late).min().orElseThrow()).as("the earliest").isNotNegative();
            assertThat(Arrays.stream(late).filter(nanos -> nanos < 500_000).count()).as("less than 0.5 ms late").isGreaterThan(timers / 10);
            assertThat(loop.turns() - turns).as("turns").isBetween((long) timers, 20L * timers);
        }
    }

    /** Netty has to forget a wake-up that came while its own wait did not run, or the next waits end at once. */
    @Test void aLoopThatWasWokenWaitsForItsTimerAgain() throws Exception {
        try (var carriers = Carriers.open(CarrierOptions.defaults().withLoops(1))) {
            var loop = (Loop) carriers.next();
            long begun = loop.turns();
            for (int i = 0; i < 10; i++) {
                var due = new CompletableFuture<Void>();
                loop.after(TimeUnit.MILLISECONDS.toNanos(40), () -> due.complete(null));
                for (int wakes = 0; wakes < 5; wakes++) {
                    var woken = new CompletableFuture<Void>();
                    loop.execute(() -> woken.complete(null));
                    woken.get(1, TimeUnit.MINUTES);
                }
                due.get(1, TimeUnit.MINUTES);
            }
            assertThat(loop.turns() - begun).as("turns for 10 timers and 50 wake-ups").isBetween(50L, 1_000L);
        }
    }

    /** A selector learns what a connection is to be watched for when it is asked; a loop that only waits for it would read when the timer has come. */
    @Test void whatAUserAsksOfAConnectionDoesNotWaitForATimer() throws Exception {
        long timer = TimeUnit.MILLISECONDS.toNanos(45);
        long fastest = Long.MAX_VALUE;
        try (var carriers = Carriers.open(CarrierOptions.defaults().withLoops(1));
            var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var loop = carriers.next();
            for (int i = 0; i < 10; i++) {
                var asked = new CompletableFuture<Long>();
                var read = new CompletableFuture<Long>();
                var connected = new Bootstrap().group(Netty.eventLoop(loop)).channel(NioSocketChannel.class)
                    .option(ChannelOption.AUTO_READ, false)
                    .handler(new Reads(read)).connect(server.getLocalSocketAddress()).sync();
                try (var accepted = server.accept()) {
                    accepted.getOutputStream().write(1);
                    // By a timer of the loop: who is woken from elsewhere asks once more anyway.
                    loop.after(TimeUnit.MILLISECONDS.toNanos(5), () -> {
                        loop.after(timer, () -> {});
                        asked.complete(System.nanoTime());
                        connected.channel().read();
                    });
                    fastest = Math.min(fastest, read.get(1, TimeUnit.MINUTES) - asked.get());
                }
                connected.channel().close().sync();
            }
        }
        assertThat(fastest).as("ns until the fastest of ten was read").isLessThan(timer / 2);
    }

    /** Tells when a connection was read. */
    private static final class Reads extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<Long> read;

        Reads(CompletableFuture<Long> read) {
            this.read = read;
        }

        @Override public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            read.complete(System.nanoTime());
        }
    }

    private static void chain(Loop loop, long[] late, int index, long delay, CompletableFuture<Void> done) {
        long due = System.nanoTime() + delay;
        loop.after(delay, () -> {
            late[index] = System.nanoTime() - due;
            if (index + 1 == late.length) {
                done.complete(null);
            } else {
                chain(loop, late, index + 1, delay, done);
            }
        });
    }
}
