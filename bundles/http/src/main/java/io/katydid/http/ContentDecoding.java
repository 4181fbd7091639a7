package io.katydid.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/** Takes gzip, deflate and br off a body. */
final class ContentDecoding {

    private ContentDecoding() {
    }

    /** Decodes by the Content-Encoding headers; what is not known stays, as requests leaves it. */
    static byte[] decode(byte[] body, List<String> contentEncodings) throws IOException {
        if (body.length == 0 || contentEncodings.isEmpty())
            return body;
        var decoded = body;
        for (var coding : codings(contentEncodings).reversed()) {
            try (var in = stream(new ByteArrayInputStream(decoded), coding)) {
                decoded = in.readAllBytes();
            } catch (IOException | IllegalStateException problem) {
                throw new HttpProtocolException(
                    "The body says Content-Encoding: " + coding + " but cannot be decoded (" + problem.getMessage()
                        + "); it begins with \"" + Excerpt.of(decoded, 0, Math.min(decoded.length, 16)) + "\".");
            }
        }
        return decoded;
    }

    /** Wraps a stream of the body so that it reads decoded. */
    static InputStream stream(InputStream body, List<String> contentEncodings) throws IOException {
        var in = body;
        for (var coding : codings(contentEncodings).reversed())
            in = stream(in, coding);
        return in;
    }

    private static List<String> codings(List<String> contentEncodings) {
        var codings = new ArrayList<String>(1);
        for (var line : contentEncodings) {
            for (var coding : line.split(","))
                codings.add(coding.strip().toLowerCase(Locale.ROOT));
        }
        return codings;
    }

    private static InputStream stream(InputStream in, String coding) throws IOException {
        return switch (coding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(in);
            case "deflate" -> deflate(in);
            case "br" -> new BrotliInputStream(in);
            default -> in;
        };
    }

    /** Servers say deflate for zlib, which is right, and for the bare stream, which is not; both are read. */
    private static InputStream deflate(InputStream in) throws IOException {
        var pushBack = new java.io.PushbackInputStream(in, 2);
        var start = pushBack.readNBytes(2);
        pushBack.unread(start);
        boolean zlib = start.length == 2 && (start[0] & 15) == 8 && ((start[0] & 255) << 8 | start[1] & 255) % 31 == 0;
        return new InflaterInputStream(pushBack, new Inflater(!zlib));
    }
}
