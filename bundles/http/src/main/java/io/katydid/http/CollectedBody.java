package io.katydid.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Puts the bodies of responses together, one after the other; a whole one is its reader's own. One that comes in many pieces is put together in an array that the
 * connections of a loop lend each other: as an array of its own it would be copied by the collections of garbage that come while it is under way, and then be garbage
 * that only a collection of everything finds.
 */
final class CollectedBody {
    private static final byte[] NONE = {};
    /** Is what a server is believed that announces a length, in bytes: a liar must not cost memory. */
    private static final int BELIEVED = 1 << 20;
    /** Is the largest array of any JVM, about. */
    private static final int MOST = Integer.MAX_VALUE - 16;
    private byte[] bytes = NONE;
    private int end;
    private boolean lent;

    /** Forgets the last one: a connection at rest holds no body. */
    void reset() {
        // Who resets need not be on the loop's thread, whose arrays these are, so nothing is given back here.
        bytes = NONE;
        end = 0;
        lent = false;
    }

    /** Adds a piece; {@code announced} is the length of the whole body, negative when unknown. */
    void add(byte[] buffer, int from, int to, long announced) throws HttpProtocolException {
        int size = to - from;
        if (end == 0 && size == announced) {
            bytes = Arrays.copyOfRange(buffer, from, to);
        } else {
            makeRoom(size, announced);
            System.arraycopy(buffer, from, bytes, end, size);
        }
        end += size;
    }

    /** Adds what is left of a buffer, and leaves nothing there; otherwise as above. */
    void add(ByteBuf piece, long announced) throws HttpProtocolException {
        int size = piece.readableBytes();
        if (end == 0 && size == announced) {
            bytes = new byte[size];
        } else {
            makeRoom(size, announced);
        }
        piece.readBytes(bytes, end, size);
        end += size;
    }

    private void makeRoom(int size, long announced) throws HttpProtocolException {
        if (size > MOST - end)
            throw new HttpProtocolException("The body has more than 2 GB, which does not fit into memory. Use stream().");
        if (bytes.length - end < size) grow(end + size, announced);
    }

    private void grow(int needed, long announced) {
        long room = Math.max(Math.max(needed, Math.min(announced, BELIEVED)), 2L * bytes.length);
        boolean borrow = room >= LentArrays.SMALLEST / 2 && room <= LentArrays.LARGEST;
        var larger = borrow ? LentArrays.borrow((int) room) : new byte[(int) Math.min(MOST, room)];
        System.arraycopy(bytes, 0, larger, 0, end);
        if (lent) LentArrays.giveBack(bytes);
        bytes = larger;
        lent = borrow;
    }

    /** Says that there are no more pieces. On the thread that added them. */
    void complete() {
        if (!lent && bytes.length == end) return;
        var own = Arrays.copyOf(bytes, end);
        if (lent) LentArrays.giveBack(bytes);
        bytes = own;
        lent = false;
    }

    /** Says that it will never be whole. On the thread that added the pieces. */
    void cutOff() {
        if (lent) LentArrays.giveBack(bytes);
        reset();
    }

    /** Gives the bytes of a complete one, its reader's own. */
    byte[] bytes() { return bytes; }
}
