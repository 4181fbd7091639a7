package io.katydid.http;

/** Reads a body in chunks, with extensions and trailers, both of which are dropped. */
final class ChunkedBody {
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_TRAILERS = 64 * 1024;
    private static final int MAX_DIGITS = 15;

    /** Takes a piece of the body. */
    @FunctionalInterface
    interface Piece {
        void take(byte[] buffer, int from, int to) throws HttpProtocolException;
    }

    private enum Step {
        SIZE, EXTENSION, SIZE_END, DATA, DATA_RETURN, DATA_FEED, TRAILER_START, TRAILER, LAST_FEED, DONE
    }

    private final Piece piece;
    private Step step = Step.SIZE;
    private long size;
    private int digits;
    private int lineLength;

    ChunkedBody(Piece piece) {
        this.piece = piece;
    }

    void reset() {
        step = Step.SIZE;
        size = 0;
        digits = 0;
        lineLength = 0;
    }

    boolean done() {
        return step == Step.DONE;
    }

    /** Reads bytes and returns how many belonged to the body. */
    int feed(byte[] buffer, int from, int to) throws HttpProtocolException {
        int at = from;
        while (at < to && step != Step.DONE) {
            if (step == Step.DATA) {
                int take = (int) Math.min(size, to - at);
                piece.take(buffer, at, at + take);
                size -= take;
                at += take;
                if (size == 0)
                    step = Step.DATA_RETURN;
            } else {
                step = next(buffer, at, to);
                at++;
            }
        }
        return at - from;
    }

    private Step next(byte[] buffer, int at, int to) throws HttpProtocolException {
        byte read = buffer[at];
        return switch (step) {
            case SIZE -> size(buffer, at, to);
            case EXTENSION -> extension(read);
            case SIZE_END -> need(read, buffer, at, to, sizeRead());
            case DATA_RETURN -> read == '\n' ? startSize() : needReturn(read, buffer, at, to);
            case DATA_FEED -> need(read, buffer, at, to, startSize());
            case TRAILER_START -> read == '\n' ? Step.DONE : read == '\r' ? Step.LAST_FEED : trailer(read);
            case TRAILER -> trailer(read);
            case LAST_FEED -> need(read, buffer, at, to, Step.DONE);
            case DATA, DONE -> step;
        };
    }

    private Step size(byte[] buffer, int at, int to) throws HttpProtocolException {
        byte read = buffer[at];
        int digit = Character.digit(read, 16);
        if (digit >= 0) {
            if (++digits > MAX_DIGITS)
                throw new HttpProtocolException(
                    "The size of a chunk has more than " + MAX_DIGITS + " digits: \"" + Excerpt.of(buffer, at, to) + "\".");
            size = size << 4 | digit;
            return Step.SIZE;
        }
        if (digits == 0)
            throw new HttpProtocolException("\"" + Excerpt.of(buffer, at, to) + "\" is not the size of a chunk.");
        return switch (read) {
            case '\n' -> sizeRead();
            case '\r' -> Step.SIZE_END;
            case ';', ' ', '\t' -> Step.EXTENSION;
            default -> throw new HttpProtocolException("\"" + Excerpt.of(buffer, at, to) + "\" follows the size of a chunk.");
        };
    }

    private Step extension(byte read) throws HttpProtocolException {
        if (read == '\n')
            return sizeRead();
        if (++lineLength > MAX_LINE)
            throw new HttpProtocolException("The extension of a chunk has more than " + MAX_LINE + " bytes.");
        return Step.EXTENSION;
    }

    private Step sizeRead() {
        lineLength = 0;
        return size == 0 ? Step.TRAILER_START : Step.DATA;
    }

    private Step startSize() {
        size = 0;
        digits = 0;
        return Step.SIZE;
    }

    private Step trailer(byte read) throws HttpProtocolException {
        if (++lineLength > MAX_TRAILERS)
            throw new HttpProtocolException("The trailers behind the body have more than " + MAX_TRAILERS + " bytes.");
        return read == '\n' ? Step.TRAILER_START : Step.TRAILER;
    }

    private static Step needReturn(byte read, byte[] buffer, int at, int to) throws HttpProtocolException {
        if (read != '\r')
            throw new HttpProtocolException("A chunk does not end where its size says; there is \"" + Excerpt.of(buffer, at, to) + "\".");
        return Step.DATA_FEED;
    }

    private static Step need(byte read, byte[] buffer, int at, int to, Step then) throws HttpProtocolException {
        if (read != '\n')
            throw new HttpProtocolException(
                "A line of the chunked body does not end where it should; there is \"" + Excerpt.of(buffer, at, to) + "\".");
        return then;
    }
}
