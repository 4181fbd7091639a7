package io.katydid.http;

import java.nio.charset.StandardCharsets;

/** Is what a response's head says about status, body and connection. */
final class HeadFacts {
    private static final byte[] VERSION = ascii("HTTP/1.");
    private static final byte[] CONTENT_LENGTH = ascii("content-length");
    private static final byte[] CONTENT_ENCODING = ascii("content-encoding");
    private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
    private static final byte[] CONNECTION = ascii("connection");
    private static final byte[] SET_COOKIE = ascii("set-cookie");
    private static final byte[] CLOSE = ascii("close");
    private static final byte[] KEEP_ALIVE = ascii("keep-alive");
    private static final byte[] IDENTITY = ascii("identity");
    private static final byte[] CHUNKED = ascii("chunked");
    private static final int MAX_LENGTH_DIGITS = 18;

    int status;
    long contentLength = -1;
    boolean chunked;
    boolean setsCookies;
    boolean encoded;
    private boolean version10;
    private boolean close;
    private boolean keep;
    /** The header before this line frames the body, so it must not go on in a folded line. */
    private boolean framing;

    void reset() {
        status = 0;
        contentLength = -1;
        chunked = false;
        setsCookies = false;
        encoded = false;
        version10 = false;
        close = false;
        keep = false;
        framing = false;
    }

    boolean keepAlive() {
        return version10 ? keep && !close : !close;
    }

    void statusLine(byte[] line, int from, int to) throws HttpProtocolException {
        if (to - from < 12 || !Ascii.startsWith(line, from, VERSION) || line[from + 8] != ' ' || to - from > 12 && line[from + 12] != ' ')
            throw notHttp(line, from, to);
        int minor = line[from + 7] - '0';
        int hundreds = line[from + 9] - '0';
        int tens = line[from + 10] - '0';
        int ones = line[from + 11] - '0';
        if (minor < 0 || minor > 9 || hundreds < 1 || hundreds > 9 || tens < 0 || tens > 9 || ones < 0 || ones > 9)
            throw notHttp(line, from, to);
        version10 = minor == 0;
        status = hundreds * 100 + tens * 10 + ones;
    }

    /** Finds out early that this is no HTTP, such as TLS or SSH, instead of waiting for a line end that never comes. */
    void checkBeginning(byte[] bytes, int end) throws HttpProtocolException {
        for (int i = 0; i < Math.min(end, VERSION.length); i++) {
            if (bytes[i] != VERSION[i])
                throw notHttp(bytes, 0, end);
        }
    }

    private static HttpProtocolException notHttp(byte[] line, int from, int to) {
        return new HttpProtocolException("The response does not begin with an HTTP/1 status line but with \"" + Excerpt.of(line, from, to)
            + "\". Does the address name an HTTP server, and is https meant?");
    }

    void header(byte[] line, int from, int to) throws HttpProtocolException {
        int colon = from;
        while (colon < to && line[colon] != ':') {
            if (line[colon] <= ' ' || line[colon] == 127)
                break;
            colon++;
        }
        if (colon == from && colon < to && (line[colon] == ' ' || line[colon] == '\t') && status != 0)
            folded(line, from, to);
        else
            if (colon == to || colon == from || line[colon] != ':')
                throw new HttpProtocolException("\"" + Excerpt.of(line, from, to) + "\" in the response's head is not a header line.");
            else
                named(line, from, colon, to);
    }

    private void folded(byte[] line, int from, int to) throws HttpProtocolException {
        if (framing)
            throw new HttpProtocolException(
                "The header that frames the body goes on in a second line, \"" + Excerpt.of(line, from, to) + "\".");
    }

    private void named(byte[] line, int from, int colon, int to) throws HttpProtocolException {
        framing = false;
        switch (colon - from) {
            case 10 -> {
                if (Ascii.same(line, from, CONNECTION))
                    connection(line, colon + 1, to);
                else
                    if (Ascii.same(line, from, SET_COOKIE))
                        setsCookies = true;
            }
            case 14 -> {
                if (Ascii.same(line, from, CONTENT_LENGTH))
                    contentLength(line, from, colon + 1, to);
            }
            case 16 -> {
                if (Ascii.same(line, from, CONTENT_ENCODING))
                    encoded = true;
            }
            case 17 -> {
                if (Ascii.same(line, from, TRANSFER_ENCODING))
                    transferEncoding(line, from, colon + 1, to);
            }
            default -> {
            }
        }
    }

    private void connection(byte[] line, int from, int to) {
        int start = from;
        while (start < to) {
            int stop = comma(line, start, to);
            close |= isValue(line, start, stop, CLOSE);
            keep |= isValue(line, start, stop, KEEP_ALIVE);
            start = stop + 1;
        }
    }

    private static int comma(byte[] line, int from, int to) {
        int at = from;
        while (at < to && line[at] != ',')
            at++;
        return at;
    }

    /** Compares what stands between blanks with a word in small letters. */
    private static boolean isValue(byte[] line, int from, int to, byte[] lower) {
        int start = Ascii.skipBlanks(line, from, to);
        return Ascii.trimBlanks(line, start, to) - start == lower.length && Ascii.same(line, start, lower);
    }

    /** Takes one length, or the same one several times, as proxies merge them. */
    private void contentLength(byte[] line, int lineFrom, int from, int to) throws HttpProtocolException {
        framing = true;
        int start = from;
        while (start <= to) {
            int stop = comma(line, start, to);
            long length = length(line, start, stop);
            if (length < 0)
                throw new HttpProtocolException("\"" + Excerpt.of(line, lineFrom, to) + "\" is not a length in bytes.");
            if (contentLength >= 0 && contentLength != length)
                throw new HttpProtocolException("The response has two different lengths, " + contentLength + " and \""
                    + Excerpt.of(line, lineFrom, to) + "\": its end is not certain.");
            contentLength = length;
            start = stop + 1;
        }
    }

    /** Reads up to 18 digits between blanks; -1 for anything else. */
    private static long length(byte[] line, int from, int to) {
        int start = Ascii.skipBlanks(line, from, to);
        int stop = Ascii.trimBlanks(line, start, to);
        if (stop == start || stop - start > MAX_LENGTH_DIGITS)
            return -1;
        long length = 0;
        for (int i = start; i < stop; i++) {
            if (line[i] < '0' || line[i] > '9')
                return -1;
            length = length * 10 + (line[i] - '0');
        }
        return length;
    }

    private void transferEncoding(byte[] line, int lineFrom, int from, int to) throws HttpProtocolException {
        framing = true;
        if (chunked)
            throw new HttpProtocolException(
                "The response has two Transfer-Encoding headers, the second is \"" + Excerpt.of(line, lineFrom, to)
                    + "\": its end is not certain.");
        if (isValue(line, from, to, IDENTITY))
            return;
        if (!isValue(line, from, to, CHUNKED))
            throw new HttpProtocolException("\"" + Excerpt.of(line, lineFrom, to) + "\" is not understood; only chunked is.");
        chunked = true;
    }

    void checkFraming() throws HttpProtocolException {
        if (chunked && contentLength >= 0)
            throw new HttpProtocolException("The response has both Content-Length: " + contentLength
                + " and Transfer-Encoding: chunked: its end is not certain.");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
