package io.katydid.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects the head of a response and reads only what frames the body; the
 * lines themselves stay bytes. A head that arrives whole is copied once.
 */
final class ResponseHead {
    static final int MAX_BYTES = 64 * 1024;
    private static final byte[] NONE = {};

    /** The head so far, or all of it once complete. */
    private byte[] bytes = NONE;
    private int end;
    private int lineStart;
    private boolean complete;
    private boolean firstLine = true;
    private final HeadFacts facts = new HeadFacts();

    void reset() {
        bytes = NONE;
        end = 0;
        lineStart = 0;
        complete = false;
        firstLine = true;
        facts.reset();
    }

    /** Reads up to the empty line and returns how many bytes that took. */
    int feed(byte[] buffer, int from, int to) throws HttpProtocolException {
        return end == 0 ? feedWhole(buffer, from, to) : feedMore(buffer, from, to);
    }

    private int feedWhole(byte[] buffer, int from, int to) throws HttpProtocolException {
        int stop = lines(buffer, from, from, to, from);
        int taken = complete ? stop - from : to - from;
        bytes = Arrays.copyOfRange(buffer, from, from + taken);
        end = taken;
        checkSize();
        return taken;
    }

    private int feedMore(byte[] buffer, int from, int to) throws HttpProtocolException {
        int before = end;
        // More than the limit is never stored: a head without an end must not cost memory.
        int stored = Math.min(to - from, MAX_BYTES + 1 - before);
        if (bytes.length < before + stored)
            bytes = Arrays.copyOf(bytes, Math.max(before + stored, Math.min(MAX_BYTES + 1, bytes.length * 2)));
        System.arraycopy(buffer, from, bytes, before, stored);
        end = before + stored;
        int stop = lines(bytes, lineStart, before, end, 0);
        if (complete) {
            bytes = Arrays.copyOf(bytes, stop);
            end = stop;
        }
        checkSize();
        return end - before;
    }

    /** Reads complete lines; scanned says up to where no line feed was. Returns the place behind the last one. */
    private int lines(byte[] array, int start, int scanned, int to, int origin) throws HttpProtocolException {
        int line = start;
        int scan = scanned;
        while (!complete) {
            int feed = LineScan.lineFeed(array, scan, to);
            if (feed == to)
                break;
            int stop = feed > line && array[feed - 1] == '\r' ? feed - 1 : feed;
            line(array, line, stop);
            line = feed + 1;
            scan = line;
        }
        lineStart = line - origin;
        return line;
    }

    private void line(byte[] array, int from, int to) throws HttpProtocolException {
        if (firstLine) {
            facts.statusLine(array, from, to);
            firstLine = false;
        } else if (from == to) {
            complete = true;
        } else {
            facts.header(array, from, to);
        }
    }

    private void checkSize() throws HttpProtocolException {
        if (end > MAX_BYTES)
            throw new HttpProtocolException(
                "The response's head has more than " + MAX_BYTES + " bytes; it begins with \"" + beginning() + "\".");
        if (firstLine)
            facts.checkBeginning(bytes, end);
    }

    void checkFraming() throws HttpProtocolException {
        facts.checkFraming();
    }

    boolean started() {
        return end > 0;
    }

    boolean complete() {
        return complete;
    }

    int status() {
        return facts.status;
    }

    boolean chunked() {
        return facts.chunked;
    }

    long contentLength() {
        return facts.contentLength;
    }

    boolean keepAlive() {
        return facts.keepAlive();
    }

    boolean setsCookies() {
        return facts.setsCookies;
    }

    boolean encoded() {
        return facts.encoded;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns the words behind the status as the server wrote them, else the usual ones. */
    String reason() {
        int feed = LineScan.lineFeed(bytes, 0, bytes.length);
        var usual = Reasons.of(status());
        if (isReason(usual, feed)) return usual;
        var sent = feed > 13 ? new String(bytes, 13, feed - 13, StandardCharsets.ISO_8859_1).strip() : "";
        return sent.isEmpty() ? usual : sent;
    }

    /** Tells whether the status line ends in these words, so that no text needs to be made of it. */
    private boolean isReason(String words, int feed) {
        int length = words.length();
        int end = feed > 0 && bytes[feed - 1] == '\r' ? feed - 1 : feed;
        if (end != 13 + length) return false;
        for (int i = 0; i < length; i++) {
            if (bytes[13 + i] != words.charAt(i)) return false;
        }
        return true;
    }

    String beginning() {
        return Excerpt.of(bytes, 0, end);
    }
}
