package io.katydid.http;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the charset of a body: what the header says, else its first bytes, else what the HTML says, else UTF-8. */
final class TextDecoding {
    private static final Pattern PARAMETER = Pattern.compile("charset\\s*=\\s*[\"']?([^\\s\"';>/]+)", Pattern.CASE_INSENSITIVE);
    private static final int HTML_START = 1024;

    private TextDecoding() {
    }

    static Charset charset(@Nullable String contentType, byte[] body) {
        var type = contentType == null ? "" : contentType;
        return named(type).or(() -> byteOrderMark(body)).or(() -> html(type, body)).orElse(StandardCharsets.UTF_8);
    }

    static String text(byte[] body, Charset charset) {
        int skip = charset.equals(StandardCharsets.UTF_8) && utf8Mark(body) ? 3 : 0;
        return new String(body, skip, body.length - skip, charset);
    }

    private static Optional<Charset> named(String text) {
        var found = PARAMETER.matcher(text);
        if (!found.find())
            return Optional.empty();
        try {
            return Optional.of(Charset.forName(found.group(1)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException problem) {
            return Optional.empty();
        }
    }

    private static boolean utf8Mark(byte[] body) {
        return body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
    }

    private static Optional<Charset> byteOrderMark(byte[] body) {
        if (utf8Mark(body))
            return Optional.of(StandardCharsets.UTF_8);
        if (body.length >= 2 && (body[0] == (byte) 0xFE && body[1] == (byte) 0xFF || body[0] == (byte) 0xFF && body[1] == (byte) 0xFE))
            return Optional.of(StandardCharsets.UTF_16);
        return Optional.empty();
    }

    private static Optional<Charset> html(String type, byte[] body) {
        var lower = type.toLowerCase(Locale.ROOT);
        if (!lower.contains("html") && !lower.contains("xml"))
            return Optional.empty();
        return named(new String(body, 0, Math.min(body.length, HTML_START), StandardCharsets.ISO_8859_1));
    }
}
