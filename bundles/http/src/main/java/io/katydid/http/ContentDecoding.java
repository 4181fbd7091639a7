package io.katydid.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/** Takes gzip, deflate and br off a body. */
final class ContentDecoding {
    /** A few kilobytes from a server can unpack to gigabytes, which would end the whole run and not one request. */
    static final int MAX_BYTES = 64 << 20;
    private static final int MAX_CODINGS = 5;
    private static final Set<String> KNOWN = Set.of("gzip", "x-gzip", "deflate", "br");

    private ContentDecoding() {
    }

    /**
     * Decodes by the Content-Encoding headers; what is not known stays, as requests
     * leaves it. Throws for a body that is not what they say, or unpacks to more
     * than {@link #MAX_BYTES}.
     */
    static byte[] decode(byte[] body, List<String> contentEncodings) throws HttpProtocolException {
        var decoded = body;
        for (var coding : codings(contentEncodings).reversed()) {
            if (decoded.length > 0 && KNOWN.contains(coding))
                decoded = decode(decoded, coding);
        }
        return decoded;
    }

    private static byte[] decode(byte[] body, String coding) throws HttpProtocolException {
        byte[] decoded;
        try (var in = stream(new ByteArrayInputStream(body), coding)) {
            decoded = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException | RuntimeException problem) {
            throw new HttpProtocolException(
                "The body says Content-Encoding: " + coding + " but cannot be decoded (" + why(problem) + "); it begins with \""
                    + Excerpt.of(body, 0, Math.min(body.length, 16)) + "\".");
        }
        if (decoded.length > MAX_BYTES)
            throw new HttpProtocolException("The body says Content-Encoding: " + coding + " and unpacks from " + body.length
                + " bytes to more than " + (MAX_BYTES >> 20) + " MiB. Read it with stream().");
        return decoded;
    }

    private static String why(Exception problem) {
        return problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
    }

    /** Wraps a stream of the body so that it reads decoded, without a limit. Closing it frees what the decoders hold. */
    static InputStream stream(InputStream body, List<String> contentEncodings) throws IOException {
        var in = body;
        for (var coding : codings(contentEncodings).reversed())
            in = stream(in, coding);
        return in;
    }

    private static List<String> codings(List<String> contentEncodings) throws HttpProtocolException {
        var codings = new ArrayList<String>(1);
        for (var line : contentEncodings) {
            for (var coding : line.split(",")) {
                if (codings.size() == MAX_CODINGS)
                    throw new HttpProtocolException(
                        "The body has more than " + MAX_CODINGS + " content encodings, beginning with " + String.join(", ", codings) + ".");
                codings.add(coding.strip().toLowerCase(Locale.ROOT));
            }
        }
        return codings;
    }

    private static InputStream stream(InputStream in, String coding) throws IOException {
        if (!KNOWN.contains(coding))
            return in;
        var ahead = new PushbackInputStream(in, 2);
        var start = ahead.readNBytes(2);
        ahead.unread(start);
        if (start.length == 0)
            return ahead;
        return switch (coding) {
            case "br" -> new BrotliInputStream(ahead);
            case "deflate" -> new Inflating(ahead, !zlib(start));
            default -> new GZIPInputStream(ahead);
        };
    }

    /** Servers say deflate for zlib, which is right, and for the bare stream, which is not; both are read. */
    private static boolean zlib(byte[] start) {
        return start.length == 2 && (start[0] & 15) == 8 && ((start[0] & 255) << 8 | start[1] & 255) % 31 == 0;
    }

    /** Frees the memory of an inflater that is not the default one, which its parent leaves to the garbage collector. */
    private static final class Inflating extends InflaterInputStream {
        Inflating(InputStream in, boolean bare) {
            super(in, new Inflater(bare));
        }

        @Override public void close() throws IOException {
            inf.end();
            super.close();
        }
    }
}
