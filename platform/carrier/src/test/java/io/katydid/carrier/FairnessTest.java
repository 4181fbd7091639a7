package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.katydid.carrier.netty.Netty;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lets some on a loop take all they can get, and asks of the others that they get their turn: I/O, timers, Netty's tasks, and other users. */
class FairnessTest {
    private final Carriers carriers = Carriers.open(CarrierOptions.defaults().withLoops(1).withName("fair"));
    private final Carrier carrier = carriers.next();
    private final AtomicBoolean stop = new AtomicBoolean();

    @AfterEach void close() {
        stop.set(true);
        carriers.close();
    }

    @Test void usersThatOnlyYieldDoNotStarveIoAndTimers() throws Exception {
        var turns = yielders(1000);
        everybodyElseGoesOn();
        await("each yields").until(() -> least(turns) > 10);
        assertThat(most(turns)).as("the most against the least").isLessThan(4 * least(turns));
    }

    @Test void oneUserThatOnlyYieldsDoesNotStarveIoAndTimers() throws Exception {
        yielders(1);
        everybodyElseGoesOn();
    }

    @Test void tasksThatComeBackForEverDoNotStarveTheOthers() throws Exception {
        comeBack(carrier::execute);
        everybodyElseGoesOn();
    }

    @Test void nettysTasksThatComeBackForEverDoNotStarveTheOthers() throws Exception {
        comeBack(Netty.eventLoop(carrier)::execute);
        everybodyElseGoesOn();
    }

    @Test void timersThatComeBackForEverDoNotStarveTheOthers() throws Exception {
        comeBack(task -> carrier.after(-1, task));
        everybodyElseGoesOn();
    }

    @Test void foreignTasksWithoutEndDoNotStarveTheOthers() throws Exception {
        var busy = new AtomicLong();
        var sender = Thread.ofPlatform().daemon().start(() -> {
            while (!stop.get()) {
                if (busy.get() > 100_000) LockSupport.parkNanos(1000);
                busy.incrementAndGet();
                carrier.execute(busy::decrementAndGet);
            }
        });
        everybodyElseGoesOn();
        stop.set(true);
        sender.join();
    }

    /** Eight users that compute for 20 ms between two yields: a turn is cut after four of them. */
    @Test void usersThatComputeShareTheLoopWithIo() throws Exception {
        var turns = new AtomicLong();
        for (int i = 0; i < 8; i++) {
            carrier.spawn("computes " + i, () -> {
                while (!stop.get()) {
                    long end = System.nanoTime() + 20_000_000;
                    while (System.nanoTime() - end < 0) Thread.onSpinWait();
                    turns.incrementAndGet();
                    Thread.yield();
                }
            });
        }
        await().until(() -> turns.get() > 16);
        long before = turns.get();
        long polls = ((Loop) carrier).turns();
        await().until(() -> turns.get() >= before + 32);
        assertThat(((Loop) carrier).turns() - polls).as("polls while 32 users computed").isGreaterThanOrEqualTo(7);
    }

    private AtomicLongArray yielders(int count) {
        var turns = new AtomicLongArray(count);
        for (int i = 0; i < count; i++) {
            int mine = i;
            carrier.spawn("yields " + i, () -> {
                while (!stop.get()) {
                    turns.incrementAndGet(mine);
                    Thread.yield();
                }
            });
        }
        await("yielders").until(() -> least(turns) > 0);
        return turns;
    }

    private void comeBack(Consumer<Runnable> to) {
        to.accept(new Runnable() {
            @Override public void run() {
                if (!stop.get()) to.accept(this);
            }
        });
    }

    private static long least(AtomicLongArray turns) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < turns.length(); i++) least = Math.min(least, turns.get(i));
        return least;
    }

    private static long most(AtomicLongArray turns) {
        long most = 0;
        for (int i = 0; i < turns.length(); i++) most = Math.max(most, turns.get(i));
        return most;
    }

    private void everybodyElseGoesOn() throws Exception {
        var all = new ArrayList<Thread>();
        all.add(carrier.spawn("sleeps", () -> {
            for (int i = 0; i < 50; i++) LockSupport.parkNanos(1_000_000);
        }));
        all.add(carrier.spawn("does I/O", () -> echo(50)));
        var timers = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) carrier.after(TimeUnit.MILLISECONDS.toNanos(i), timers::countDown);
        var tasks = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) Netty.eventLoop(carrier).execute(tasks::countDown);
        assertThat(timers.await(20, TimeUnit.SECONDS)).as("timers").isTrue();
        assertThat(tasks.await(20, TimeUnit.SECONDS)).as("tasks").isTrue();
        for (var user : all) assertThat(user.join(Duration.ofSeconds(20))).as(user.getName()).isTrue();
    }

    /** Sends a byte to a server on the same loop and waits for it, so many times. */
    private void echo(int times) {
        var user = Thread.currentThread();
        var answers = new AtomicLong();
        var loop = Netty.eventLoop(carrier);
        var server = new ServerBootstrap().group(loop).channel(NioServerSocketChannel.class)
            .childHandler(new ChannelInboundHandlerAdapter() {
                @Override public boolean isSharable() { return true; }

                @Override public void channelRead(ChannelHandlerContext context, Object message) {
                    context.writeAndFlush(message);
                }
            }).bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).channel();
        parkUntil(() -> server.localAddress() != null);
        var client = new Bootstrap().group(loop).channel(NioSocketChannel.class).handler(new ChannelInboundHandlerAdapter() {
            @Override public void channelRead(ChannelHandlerContext context, Object message) {
                ((ByteBuf) message).release();
                answers.incrementAndGet();
                LockSupport.unpark(user);
            }
        }).connect(server.localAddress()).channel();
        parkUntil(client::isActive);
        for (int i = 1; i <= times; i++) {
            client.writeAndFlush(client.alloc().buffer(1).writeByte(i));
            int awaited = i;
            parkUntil(() -> answers.get() >= awaited);
        }
        close(client);
        close(server);
    }

    private static void close(Channel channel) {
        channel.close();
        parkUntil(() -> !channel.isOpen());
    }

    private static void parkUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) LockSupport.parkNanos(100_000);
    }
}
