package io.katydid.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request into a buffer that it uses again for the next one. Order:
 * {@link #begin}, lines and headers, {@link #end} with or without a body; the
 * bytes are {@link #buffer} up to {@link #length}.
 */
final class Http1RequestEncoder {
    private static final byte[] VERSION = ascii(" HTTP/1.1\r\n");
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] CONTENT_TYPE = ascii("Content-Type: ");
    private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");
    private static final int KEPT_BYTES = 256 * 1024;

    private byte[] buffer;
    private int length;

    Http1RequestEncoder() {
        this(new byte[512]);
    }

    /** Makes an encoder that begins with a buffer of somebody else's, and leaves it for a larger one when it has to. */
    Http1RequestEncoder(byte[] buffer) {
        this.buffer = buffer;
    }

    /** Starts a request: the method, the target and the Host line of the address. */
    Http1RequestEncoder begin(String method, Url url) {
        start(method).bytes(url.targetBytes()).bytes(VERSION);
        return bytes(url.hostLine());
    }

    /** Starts a request without a Host line, with any target: the absolute form for proxies, authority for CONNECT. */
    Http1RequestEncoder begin(String method, String target) {
        return start(method).text(target).bytes(VERSION);
    }

    /** Starts a request with all of its head but what its body says. */
    Http1RequestEncoder head(HttpRequest request) {
        var url = request.url();
        if (request.host() == null && !request.viaProxy()) {
            begin(request.method(), url);
        } else {
            begin(request.method(), request.viaProxy() ? url.origin() + url.target() : url.target());
            header("Host", request.host() == null ? url.authority() : request.host());
        }
        lines(request.lines());
        if (request.cookie() != null)
            header("Cookie", request.cookie());
        return request.authorization() == null ? this : header("Authorization", request.authorization());
    }

    private Http1RequestEncoder start(String method) {
        if (buffer.length > KEPT_BYTES)
            buffer = new byte[512];
        length = 0;
        return text(method).one(' ');
    }

    /** Adds complete lines, such as those of {@link HttpHeaders#lines}. */
    Http1RequestEncoder lines(byte[] lines) {
        return bytes(lines);
    }

    /** Adds a header whose name and value have been checked. */
    Http1RequestEncoder header(String name, String value) {
        return text(name).one(':').one(' ').text(value).one('\r').one('\n');
    }

    /** Adds the headers in their order. */
    Http1RequestEncoder headers(HttpHeaders headers) {
        headers.forEach(this::header);
        return this;
    }

    /** Ends the head of a request without a body; a method that usually has one says that there is none. */
    void endWithoutBody(String method) {
        switch (method) {
            case "POST", "PUT", "PATCH" -> endHead("", 0);
            default -> end();
        }
    }

    /** Ends the head of a request without a body, which GET and HEAD do not even mention. */
    void end() {
        one('\r').one('\n');
    }

    /** Ends the head and adds the body; the type is left out when it is empty. */
    void end(String contentType, byte[] body) {
        endHead(contentType, body.length);
        bytes(body);
    }

    /** Ends the head of a request whose body of this length is sent apart, e.g. after a 100 (Continue). */
    void endHead(String contentType, long bodyLength) {
        type(contentType);
        bytes(CONTENT_LENGTH).number(bodyLength).one('\r').one('\n').one('\r').one('\n');
    }

    /** Ends the head of a request whose body follows in {@link #chunk chunks}. */
    void endChunked(String contentType) {
        type(contentType);
        bytes(CHUNKED).one('\r').one('\n');
    }

    /** Starts the buffer over with one chunk of a body; an empty one is left out, it would end the body. */
    Http1RequestEncoder chunk(byte[] data, int from, int to) {
        length = 0;
        if (from == to)
            return this;
        return text(Integer.toHexString(to - from)).one('\r').one('\n').bytes(data, from, to).one('\r').one('\n');
    }

    /** Starts the buffer over with the end of a body in chunks. */
    Http1RequestEncoder lastChunk() {
        length = 0;
        return bytes(LAST_CHUNK);
    }

    private void type(String contentType) {
        if (!contentType.isEmpty())
            bytes(CONTENT_TYPE).text(contentType).one('\r').one('\n');
    }

    /** Returns the bytes; valid up to {@link #length} until the next request. */
    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    /** Returns the bytes written so far as a copy. */
    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    @SuppressWarnings("deprecation") // the one copy of Latin-1 characters to bytes that allocates nothing
    private Http1RequestEncoder text(String text) {
        int size = text.length();
        room(size);
        text.getBytes(0, size, buffer, length);
        for (int i = 0; i < size; i++) {
            if (text.charAt(i) > 255)
                return bytes(text.getBytes(StandardCharsets.UTF_8));
        }
        length += size;
        return this;
    }

    private Http1RequestEncoder number(long value) {
        if (value < 10)
            return one((char) ('0' + value));
        return number(value / 10).one((char) ('0' + value % 10));
    }

    private Http1RequestEncoder one(char character) {
        room(1);
        buffer[length++] = (byte) character;
        return this;
    }

    private Http1RequestEncoder bytes(byte @Nullable [] bytes) {
        return bytes == null ? this : bytes(bytes, 0, bytes.length);
    }

    private Http1RequestEncoder bytes(byte[] bytes, int from, int to) {
        room(to - from);
        System.arraycopy(bytes, from, buffer, length, to - from);
        length += to - from;
        return this;
    }

    private void room(int size) {
        if (buffer.length - length < size)
            buffer = Arrays.copyOf(buffer, Math.max(length + size, buffer.length * 2));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
