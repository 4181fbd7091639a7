package io.katydid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Puts bodies together from pieces. */
class CollectedBodyTest {
    private static final int PIECE = 64 << 10;

    /** Is a connection in the middle of a body. */
    private static final class Coming {
        private final CollectedBody collected = new CollectedBody();
        private final byte[] sent;
        private final boolean announced;
        /** As the streams of HTTP/2 have their pieces. */
        private final boolean buffered;
        private int at;

        Coming(Random random, int size, boolean announced, boolean buffered) {
            sent = new byte[size];
            random.nextBytes(sent);
            this.announced = announced;
            this.buffered = buffered;
        }

        boolean goesOn() { return at < sent.length; }

        void piece(int size) throws HttpProtocolException {
            int to = Math.min(sent.length, at + size);
            long length = announced ? sent.length : -1;
            if (buffered) collected.add(Unpooled.wrappedBuffer(sent, at, to - at), length);
            else collected.add(sent, at, to, length);
            at = to;
            if (!goesOn()) collected.complete();
        }
    }

    @Provide Arbitrary<List<Integer>> sizes() {
        return Arbitraries.integers().between(1, 3 << 20).withDistribution(net.jqwik.api.RandomDistribution.uniform()).list().ofMinSize(2)
            .ofMaxSize(6);
    }

    @Property(tries = 60) void bodiesThatComeAtOnceDoNotMixAndKeepWhatTheyGot(@ForAll("sizes") List<Integer> sizes, @ForAll long seed)
        throws Exception {
        var random = new Random(seed);
        var all = new ArrayList<Coming>();
        for (int size : sizes) all.add(new Coming(random, size, random.nextBoolean(), random.nextBoolean()));
        var under = new ArrayList<>(all);
        while (!under.isEmpty()) {
            var next = under.get(random.nextInt(under.size()));
            next.piece(1 + random.nextInt(PIECE));
            if (!next.goesOn()) under.remove(next);
        }
        for (var each : all) assertThat(Arrays.equals(each.collected.bytes(), each.sent)).isTrue();
    }

    @Test void anArrayIsLentToTheNextWhenItsBodyIsWhole() throws Exception {
        var array = LentArrays.borrow(1 << 20);
        assertThat(array).hasSize(1 << 20);
        LentArrays.giveBack(array);

        var first = new Coming(new Random(1), 1 << 20, true, false);
        while (first.goesOn()) first.piece(PIECE);
        assertThat(first.collected.bytes()).as("exactly as large as what is lent, and yet its reader's own").isNotSameAs(array)
            .isEqualTo(first.sent);
        var again = LentArrays.borrow((1 << 20) - 5);
        assertThat(again).isSameAs(array).isEqualTo(first.sent);
        assertThat(LentArrays.borrow(1 << 20)).as("one to each").isNotSameAs(array);
        LentArrays.giveBack(again);
    }

    @Test void aBodyThatWasCutOffLeavesNothing() throws Exception {
        var body = new CollectedBody();
        body.add(new byte[200_000], 0, 200_000, 900_000);
        body.reset();
        assertThat(body.bytes()).isEmpty();
        body.add(new byte[]{1, 2, 3}, 1, 3, 2);
        body.complete();
        assertThat(body.bytes()).containsExactly(2, 3);
    }

    @Test void aBodyThatIsCutOffLendsItsArrayOn() throws Exception {
        var body = new CollectedBody();
        body.add(new byte[200_000], 0, 200_000, 300_000);
        var array = body.bytes();
        body.cutOff();
        assertThat(body.bytes()).isEmpty();
        assertThat(LentArrays.borrow(300_000)).isSameAs(array);
        body.cutOff();
        assertThat(LentArrays.borrow(300_000)).as("given back once").isNotSameAs(array);
    }

    @Test void aBufferIsReadToItsEnd() throws Exception {
        var body = new CollectedBody();
        var whole = Unpooled.directBuffer().writeBytes(new byte[]{1, 2, 3});
        body.add(whole, 3);
        body.complete();
        assertThat(body.bytes()).containsExactly(1, 2, 3);
        assertThat(whole.isReadable()).isFalse();
        whole.release();
    }

    @Test void sizesAreLentThatAreEnough() {
        for (int bytes : new int[]{1, LentArrays.SMALLEST, LentArrays.SMALLEST + 1, 1_000_000, LentArrays.LARGEST - 1, LentArrays.LARGEST})
            assertThat(LentArrays.borrow(bytes).length).isBetween(bytes, Math.max(LentArrays.SMALLEST, 2 * bytes));
    }

    @Test void whatRestsTakesAPartOfTheHeapOnly() {
        long most = Runtime.getRuntime().maxMemory() / 16;
        int count = (int) (most / LentArrays.LARGEST) + 3;
        var borrowed = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) borrowed.add(LentArrays.borrow(LentArrays.LARGEST));
        borrowed.forEach(LentArrays::giveBack);
        var again = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) again.add(LentArrays.borrow(LentArrays.LARGEST));
        again.removeIf(array -> borrowed.stream().noneMatch(other -> other == array));
        assertThat(again).as("came back").isNotEmpty().hasSizeLessThanOrEqualTo((int) (most / LentArrays.LARGEST));
    }
}
