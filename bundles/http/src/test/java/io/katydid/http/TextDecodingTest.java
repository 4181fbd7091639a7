package io.katydid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextDecodingTest {

    private static String text(String contentType, byte[] body) {
        return TextDecoding.text(body, TextDecoding.charset(contentType, body));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"text/plain; charset=iso-8859-1|ISO-8859-1", "text/html;CHARSET=\"utf-16be\"; x=y|UTF-16BE",
        "text/plain; charset = 'windows-1252'|windows-1252", "text/plain; charset=nonsense|UTF-8", "text/plain; charset=|UTF-8",
        "text/plain; charset=\u0001|UTF-8", "application/json|UTF-8", "|UTF-8"})
    @Parity("UM-137") void theHeaderNamesTheCharset(String contentType,
        String charset) {
        assertThat(TextDecoding.charset(contentType, new byte[0])).isEqualTo(Charset.forName(charset));
        assertThat(text(contentType, "caf\u00e9".getBytes(Charset.forName(charset)))).isEqualTo("caf\u00e9");
    }

    @Test void aByteOrderMarkNamesItElseAndIsNoText() {
        assertThat(text("text/plain", "\ufeffcaf\u00e9".getBytes(StandardCharsets.UTF_8))).isEqualTo("caf\u00e9");
        assertThat(text(null, "\ufeffcaf\u00e9".getBytes(StandardCharsets.UTF_16BE))).isEqualTo("caf\u00e9");
        assertThat(text(null, "\ufeffcaf\u00e9".getBytes(StandardCharsets.UTF_16LE))).isEqualTo("caf\u00e9");
    }

    @Test void aPageMayNameItItself() {
        var page = "<html><meta charset='iso-8859-1'>caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(text("text/html", page)).endsWith("caf\u00e9");
        assertThat(text("text/plain", page)).as("no page").doesNotEndWith("caf\u00e9");
        assertThat(text("text/html", ("<html>" + " ".repeat(1024) + "<meta charset='utf-16'>").getBytes(StandardCharsets.UTF_8)))
            .endsWith("'utf-16'>");
    }

    @Test void bytesThatAreNoTextDoNotFail() {
        assertThat(text("text/plain; charset=utf-8", new byte[]{(byte) 0xff, 'a', (byte) 0xc3})).isEqualTo("\ufffda\ufffd");
    }
}
