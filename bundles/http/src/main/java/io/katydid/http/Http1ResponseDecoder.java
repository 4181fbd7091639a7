package io.katydid.http;

import org.jspecify.annotations.Nullable;

/**
 * Reads one HTTP/1.x response after the other from bytes that arrive in any
 * pieces. Per response: {@link #expect}, {@link #feed} until {@link #done},
 * then the getters. Bytes that feed does not consume are nobody's: the caller
 * fails and closes.
 */
final class Http1ResponseDecoder {
    private static final int MAX_INFORMATIONAL = 32;

    private enum Step {
        HEAD, FIXED, CHUNKED, UNTIL_CLOSE, DONE
    }

    private final ResponseHead head = new ResponseHead();
    private final ChunkedBody chunks = new ChunkedBody(this::bodyPiece);
    private Step step = Step.DONE;
    private boolean headRequest;
    private boolean connectRequest;
    private boolean discard;
    private @Nullable BodySink sink;
    private final CollectedBody body = new CollectedBody();
    private long bodyLength;
    private long left;
    private int informational;
    private boolean continued;

    /** Starts over for the next response, whose body is collected. */
    void expect(String method) {
        expect(method, false, null);
    }

    /**
     * Starts over for the next response. Its body is counted only when discard is
     * set, and goes to the sink when there is one.
     */
    void expect(String method, boolean discardBody, @Nullable BodySink bodySink) {
        head.reset();
        headRequest = method.equals("HEAD");
        connectRequest = method.equals("CONNECT");
        discard = discardBody;
        sink = bodySink;
        body.reset();
        bodyLength = 0;
        informational = 0;
        continued = false;
        step = Step.HEAD;
    }

    /** Keeps nothing of a response that was handed on: a connection at rest holds no body. */
    void forget() {
        head.reset();
        body.reset();
    }

    /** Gives up a response that will not be whole. On the thread that fed it. */
    void cutOff() {
        body.cutOff();
    }

    /**
     * Reads bytes and returns how many belonged to this response. Throws for bytes
     * that are not HTTP; the connection is of no use then.
     */
    int feed(byte[] buffer, int from, int to) throws HttpProtocolException {
        int at = from;
        while (at < to && step != Step.DONE) {
            at = switch (step) {
                case HEAD -> feedHead(buffer, at, to);
                case FIXED -> feedFixed(buffer, at, to);
                case CHUNKED -> feedChunks(buffer, at, to);
                case UNTIL_CLOSE -> feedRest(buffer, at, to);
                case DONE -> at;
            };
        }
        return at - from;
    }

    /** Says that the server closed: completes a body without a length, throws for a response cut short. */
    void close() throws HttpProtocolException {
        switch (step) {
            case DONE -> {
            }
            case UNTIL_CLOSE -> complete();
            case HEAD -> throw new HttpProtocolException(head.started()
                ? "The server closed the connection in the middle of the response's head, after \"" + head.beginning() + "\"."
                : "Remote end closed connection without response");
            case FIXED -> throw new HttpProtocolException("The server closed the connection after " + bodyLength + " of "
                + (bodyLength + left) + " bytes of the body.");
            case CHUNKED -> throw new HttpProtocolException(
                "The server closed the connection in the middle of a chunked body, after " + bodyLength + " bytes.");
        }
    }

    private int feedHead(byte[] buffer, int from, int to) throws HttpProtocolException {
        int used = head.feed(buffer, from, to);
        if (head.complete())
            headComplete();
        return from + used;
    }

    private void headComplete() throws HttpProtocolException {
        int status = head.status();
        if (status < 200 && status != 101) {
            if (++informational > MAX_INFORMATIONAL)
                throw new HttpProtocolException(
                    "The server sent more than " + MAX_INFORMATIONAL + " responses of the kind " + status + " before the real one.");
            continued |= status == 100;
            head.reset();
            return;
        }
        step = bodyStep(status);
    }

    private Step bodyStep(int status) throws HttpProtocolException {
        head.checkFraming();
        if (headRequest || status == 101 || status == 204 || status == 304 || connectRequest && status < 300)
            return Step.DONE;
        if (head.chunked()) {
            chunks.reset();
            return Step.CHUNKED;
        }
        left = head.contentLength();
        if (left == 0)
            return Step.DONE;
        return left < 0 ? Step.UNTIL_CLOSE : Step.FIXED;
    }

    private int feedFixed(byte[] buffer, int from, int to) throws HttpProtocolException {
        int take = (int) Math.min(left, to - from);
        bodyPiece(buffer, from, from + take);
        left -= take;
        if (left == 0)
            complete();
        return from + take;
    }

    private int feedChunks(byte[] buffer, int from, int to) throws HttpProtocolException {
        int used = chunks.feed(buffer, from, to);
        if (chunks.done())
            complete();
        return from + used;
    }

    private int feedRest(byte[] buffer, int from, int to) throws HttpProtocolException {
        bodyPiece(buffer, from, to);
        return to;
    }

    private void complete() {
        step = Step.DONE;
        body.complete();
    }

    private void bodyPiece(byte[] buffer, int from, int to) throws HttpProtocolException {
        bodyLength += to - from;
        var taker = sink;
        if (taker != null)
            taker.piece(buffer, from, to);
        else
            if (!discard)
                body.add(buffer, from, to, head.contentLength());
    }

    /** Tells whether the response is complete. */
    boolean done() {
        return step == Step.DONE;
    }

    /** Tells whether the final head has been read. */
    boolean headDone() {
        return step != Step.HEAD;
    }

    /** Tells whether any byte of the response has been read. */
    boolean started() {
        return step != Step.HEAD || head.started() || informational > 0;
    }

    /** Tells whether a 100 (Continue) came: send the body now. */
    boolean continued() {
        return continued;
    }

    int status() {
        return head.status();
    }

    String reason() {
        return head.reason();
    }

    /** Returns the headers of the final head; they keep for ever. */
    HttpHeaders headers() {
        return HttpHeaders.ofHead(head.bytes());
    }

    /** Tells whether there is a Set-Cookie line at all. */
    boolean setsCookies() {
        return head.setsCookies();
    }

    /** Tells whether there is a Content-Encoding line at all. */
    boolean encoded() {
        return head.encoded();
    }

    /** Returns the announced length; -1 when there is none. */
    long contentLength() {
        return head.contentLength();
    }

    /** Returns the collected body, the caller's own; content encodings are still on it. */
    byte[] body() {
        return body.bytes();
    }

    /** Returns how many bytes the body had so far, chunk sizes not counted. */
    long bodyLength() {
        return bodyLength;
    }

    /** Tells whether the connection may carry another request once this response is done. */
    boolean keepAlive() {
        return head.keepAlive() && head.status() != 101 && (headRequest || head.status() == 204 || head.status() == 304
            || connectRequest && head.status() < 300 || head.chunked() || head.contentLength() >= 0);
    }
}
