package io.katydid.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.katydid.cluster.LogLines;
import ch.qos.logback.classic.Level;
import io.katydid.api.KatydidException;
import io.katydid.parity.Parity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Owns lines that fail as they are told to: what is tried again, when, and what is given up. */
class OwnerTest {
    private static final Timing FAST = new Timing(List.of(Duration.ofMillis(30), Duration.ofMillis(90), Duration.ofMillis(150)),
        Duration.ofMillis(200), Duration.ofMillis(300));
    private final List<Exception> broken = new CopyOnWriteArrayList<>();
    private final List<Incoming> received = new CopyOnWriteArrayList<>();
    private final List<FakeLine> opened = new CopyOnWriteArrayList<>();
    private final List<Owner> owners = new ArrayList<>();
    private volatile Line.Sent answer = Line.Sent.DONE;
    private volatile RuntimeException sendFails;
    private volatile RuntimeException receiveFails;
    private volatile RuntimeException openFails;
    private volatile CountDownLatch takesUntil = new CountDownLatch(0);

    /** Is a socket whose fate the test sets. */
    private final class FakeLine implements Line {
        private final List<Long> tries = new CopyOnWriteArrayList<>();
        private final List<Outgoing> sent = new CopyOnWriteArrayList<>();
        private final ConcurrentLinkedQueue<Incoming> coming = new ConcurrentLinkedQueue<>();
        private final Pipe pipe;
        private volatile boolean closed;

        FakeLine() {
            try {
                pipe = Pipe.open();
                pipe.source().configureBlocking(false);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }

        @Override public boolean isUp() { return true; }

        @Override public Sent send(Outgoing message) {
            tries.add(System.nanoTime());
            var failure = sendFails;
            if (failure != null) throw failure;
            var now = answer;
            if (now == Sent.DONE) sent.add(message);
            return now;
        }

        @Override public Incoming receive() {
            var failure = receiveFails;
            receiveFails = null;
            if (failure != null) throw failure;
            return coming.poll();
        }

        @Override public List<SelectableChannel> wakes() {
            return List.of(pipe.source());
        }

        @Override public void tick() {
            assertThat(Thread.currentThread().getName()).isEqualTo("test-socket");
        }

        @Override public void close() {
            closed = true;
            try {
                pipe.source().close();
                pipe.sink().close();
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    }

    private Owner start(boolean keepsWhenFull) {
        var owner = new Owner("test-socket", _ -> {
            var failure = openFails;
            if (failure != null) throw failure;
            opened.add(new FakeLine());
            return opened.getLast();
        }, keepsWhenFull, FAST, new Owner.Events() {
            @Override public void received(Incoming incoming) {
                received.add(incoming);
                try {
                    takesUntil.await();
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override public void broken(Exception why) {
                broken.add(why);
            }
        });
        owners.add(owner);
        owner.start();
        return owner;
    }

    private static Outgoing message(int number) { return new Outgoing("w_1", new byte[]{(byte) number}); }

    @Test void forHowLongItIsAtOneMessageIsKnown() {
        takesUntil = new CountDownLatch(1);
        var owner = start(true);
        assertThat(owner.takingFor()).isZero();
        opened.getFirst().coming.add(new Incoming("w_1", List.of()));
        owner.send(message(1));
        await().until(() -> !received.isEmpty());
        await().until(() -> owner.takingFor().compareTo(Duration.ofMillis(20)) > 0);
        takesUntil.countDown();
        await().until(() -> owner.takingFor().isZero());
    }

    private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
        await().atMost(Heard.SOON).pollInterval(Duration.ofMillis(5)).untilAsserted(assertion);
    }

    private long millis(int from, int to) {
        var tries = opened.getFirst().tries;
        return TimeUnit.NANOSECONDS.toMillis(tries.get(to) - tries.get(from));
    }

    @AfterEach void close() {
        owners.forEach(Owner::close);
        assertThat(opened).allMatch(line -> line.closed);
    }

    @Test
    @Parity({"PR-9", "PR-91"}) void theReferenceTriesAfterOneThreeAndFiveSecondsAndOpensAfterFive() {
        assertThat(Timing.REFERENCE.sending()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(5));
        assertThat(Timing.REFERENCE.opening()).isEqualTo(Duration.ofSeconds(5));
        answer = Line.Sent.FULL;
        start(true).send(message(1));
        eventually(() -> assertThat(broken).hasSize(1));
        assertThat(opened.getFirst().tries).hasSize(4);
        assertThat(millis(0, 1)).isGreaterThanOrEqualTo(30);
        assertThat(millis(1, 2)).isGreaterThanOrEqualTo(90);
        assertThat(millis(2, 3)).isGreaterThanOrEqualTo(150);
        assertThat(broken.getFirst()).isInstanceOf(KatydidException.class)
            .hasMessage("A message to w_1 could not be sent in 4 tries and is lost:"
                + " the peer does not read. See whether the peer lives and can be reached.");
        receiveFails = new IllegalStateException("gone");
        long began = System.nanoTime();
        owners.getFirst().send(message(2));
        eventually(() -> assertThat(opened).hasSize(2));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(FAST.opening());
    }

    @Test void aMessageThatGoesTheThirdTimeIsNotLostAndOthersWaitForIt() {
        answer = Line.Sent.FULL;
        var owner = start(true);
        for (int i = 0; i < 3; i++) owner.send(message(i));
        eventually(() -> assertThat(opened.getFirst().tries).hasSize(2));
        answer = Line.Sent.DONE;
        eventually(
            () -> assertThat(opened.getFirst().sent).extracting(sent -> sent.frame()[0]).containsExactly((byte) 0, (byte) 1, (byte) 2));
        assertThat(broken).isEmpty();
        assertThat(owner.waiting()).isZero();
    }

    @Test void oneThatDoesNotReadKeepsNobodyElseWaiting() {
        try (var log = new LogLines()) {
            answer = Line.Sent.FULL;
            var owner = start(false);
            for (int i = 0; i < 1_000; i++) owner.send(message(i));
            eventually(() -> assertThat(opened.getFirst().tries).hasSize(1_000));
            assertThat(owner.waiting()).isZero();
            answer = Line.Sent.DONE;
            owner.send(message(7));
            eventually(() -> assertThat(opened.getFirst().sent).hasSize(1));
            assertThat(broken).isEmpty();
            eventually(() -> assertThat(log.at(Level.WARN)).containsExactly(
                "A message to w_1 was dropped: it does not read what was sent before. Those after it are dropped too until it reads.",
                "w_1 takes messages again; 1000 to it were dropped."));
        }
    }

    @Test
    @Parity("PR-67") void aFailingSendIsTriedAgainThenTheSocketIsMadeAnew() {
        try (var log = new LogLines()) {
            sendFails = new IllegalStateException("no route");
            var owner = start(true);
            owner.send(message(1));
            owner.send(message(2));
            eventually(() -> assertThat(broken).hasSize(1));
            assertThat(opened.getFirst().tries).hasSize(4);
            assertThat(broken.getFirst()).isInstanceOf(KatydidException.class)
                .hasMessage("A message to w_1 could not be sent in 4 tries and is"
                    + " lost: java.lang.IllegalStateException: no route. See whether the peer lives and can be reached.");
            assertThat(opened.getFirst().closed).isTrue();
            sendFails = null;
            eventually(() -> assertThat(opened).hasSize(2));
            eventually(() -> assertThat(opened.getLast().sent).extracting(sent -> sent.frame()[0]).containsExactly((byte) 2));
            assertThat(log.at(Level.WARN)).containsExactly("The test-socket broke and is opened again in 0.2 s: " + broken.getFirst());
        }
    }

    @Test void aSocketThatCannotBeMadeAnewIsTriedOnAndOn() {
        var owner = start(false);
        openFails = new KatydidException("busy");
        receiveFails = new IllegalStateException("gone");
        owner.send(message(1));
        eventually(() -> assertThat(broken).hasSizeGreaterThan(3));
        assertThat(opened).hasSize(1);
        openFails = null;
        eventually(() -> assertThat(opened).hasSize(2));
        owner.send(message(2));
        eventually(() -> assertThat(opened.getLast().sent).isNotEmpty());
    }

    @Test void anAssertionOfZeroMqBreaksOnlyTheSocket() {
        start(false);
        eventually(() -> assertThat(opened).hasSize(1));
        receiveFails = new IllegalStateException(new AssertionError("of ZeroMQ"));
        owners.getFirst().send(message(1));
        eventually(() -> assertThat(opened).hasSize(2));
        assertThat(broken).hasSize(1);
    }

    @Test void whatComesIsTold() throws IOException {
        start(false);
        opened.getFirst().coming.add(new Incoming("w_1", List.of(new byte[1])));
        opened.getFirst().pipe.sink().write(java.nio.ByteBuffer.allocate(1));
        eventually(() -> assertThat(received).hasSize(1));
    }

    @Test void tooManyMessagesAreDropped() {
        var outbox = new Outbox();
        for (int i = 0; i < Limits.WAITING; i++) assertThat(outbox.offer(message(i))).isTrue();
        assertThat(outbox.offer(message(1))).isFalse();
        outbox.remove();
        assertThat(outbox.offer(message(1))).isTrue();
        assertThat(outbox.size()).isEqualTo(Limits.WAITING);
        while (!outbox.isEmpty()) outbox.remove();
        var large = new Outgoing("w_1", new byte[Limits.FRAME_BYTES]);
        for (int i = 0; i < 4; i++) assertThat(outbox.offer(large)).isTrue();
        assertThat(outbox.offer(message(1))).isFalse();
        assertThat(outbox.offer(large)).isFalse();
        outbox.remove();
        assertThat(outbox.offer(large)).isTrue();
        assertThat(outbox.size()).isEqualTo(4);
    }
}
