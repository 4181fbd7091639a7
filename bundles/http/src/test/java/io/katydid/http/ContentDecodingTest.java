package io.katydid.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unpacks bodies that were packed by the JDK, and two Brotli bodies that were made elsewhere. */
class ContentDecodingTest {
    private static final byte[] BROTLI = Base64.getDecoder()
        .decode("Gz8A6C0S7FgUo3V1RO0INZIY2rAkteVNkDK5ZEt7yxAWOtiAA7cQ4kBGvAMGElhc4lT9BW6wdg8=");
    private static final String BROTLI_TEXT = "Hello, hello, hello, brotli! Hello, hello, hello, brotli! \u00e4\u00f6\u00fc";
    /** 80 MiB of zeros. */
    private static final byte[] BROTLI_BOMB = Base64.getDecoder()
        .decode("y///P/gnAOKxQCD3/o///3/wTwDEYRGA7v0f////4J8AiMMCAN37P/7//8E/ARCHBQC693/8//+DfwIgDgsAdO//+P//B/8EQBwWAOje//H//w/+CYA4LADQ"
            + "vf/j//8f/BMAcVgAoHv/x///P/gnAOKwAED3/i/////wTwDEYQGA7v0f");

    private interface Packing {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] packed(byte[] body, Packing packing) {
        var out = new ByteArrayOutputStream();
        try (var packer = packing.over(out)) {
            packer.write(body);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] body) {
        return packed(body, GZIPOutputStream::new);
    }

    private static byte[] deflate(byte[] body, boolean bare) {
        return packed(body, out -> new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION, bare)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Property(tries = 200) void whatIsPackedIsUnpacked(@ForAll byte[] body) throws Exception {
        assertThat(ContentDecoding.decode(gzip(body), List.of("gzip"))).isEqualTo(body);
        assertThat(ContentDecoding.decode(gzip(body), List.of("X-GZip"))).isEqualTo(body);
        assertThat(ContentDecoding.decode(deflate(body, false), List.of("deflate"))).isEqualTo(body);
        assertThat(ContentDecoding.decode(deflate(body, true), List.of("deflate"))).isEqualTo(body);
        assertThat(ContentDecoding.decode(gzip(deflate(body, true)), List.of("deflate , gzip"))).isEqualTo(body);
        assertThat(ContentDecoding.decode(gzip(deflate(body, true)), List.of("deflate", "gzip"))).isEqualTo(body);
        try (var stream = ContentDecoding.stream(new ByteArrayInputStream(gzip(deflate(body, false))), List.of("deflate, gzip"))) {
            assertThat(stream.readAllBytes()).isEqualTo(body);
        }
    }

    @Test void brotliIsUnpacked() throws Exception {
        assertThat(ContentDecoding.decode(BROTLI, List.of("br"))).isEqualTo(utf8(BROTLI_TEXT));
    }

    @Test void whatIsNotKnownStays() throws Exception {
        var body = utf8("as it is");
        assertThat(ContentDecoding.decode(body, List.of())).isSameAs(body);
        assertThat(ContentDecoding.decode(body, List.of("identity"))).isSameAs(body);
        assertThat(ContentDecoding.decode(body, List.of("zstd"))).isSameAs(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "deflate, gzip"}) void anEmptyBodyHasNothingToUnpack(String coding) throws Exception {
        assertThat(ContentDecoding.decode(new byte[0], List.of(coding))).isEmpty();
        try (var stream = ContentDecoding.stream(new ByteArrayInputStream(new byte[0]), List.of(coding))) {
            assertThat(stream.readAllBytes()).isEmpty();
        }
    }

    @Test void aBodyCutShortIsAFailure() {
        var body = utf8("hello ".repeat(100));
        for (var packed : List.of(gzip(body), deflate(body, false), deflate(body, true), BROTLI)) {
            var coding = packed == BROTLI ? "br" : packed[0] == 0x1f ? "gzip" : "deflate";
            for (int size = 1; size < packed.length - (packed[0] == 0x1f ? 0 : 5); size++) {
                var cut = Arrays.copyOf(packed, size);
                assertThatThrownBy(() -> ContentDecoding.decode(cut, List.of(coding))).as("%s of %d bytes", coding, size)
                    .isInstanceOf(HttpProtocolException.class)
                    .hasMessageMatching(
                        "The body says Content-Encoding: " + coding + " but cannot be decoded \\(.+\\); it begins with \".+\"\\.");
            }
        }
    }

    @Test void aBodyThatIsSomethingElseIsAFailure() {
        assertThatThrownBy(() -> ContentDecoding.decode(utf8("{\"id\": 7}"), List.of("gzip"))).isInstanceOf(HttpProtocolException.class)
            .hasMessage("The body says Content-Encoding: gzip but cannot be decoded (Not in GZIP format); it begins with \"{\"id\": 7}\".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"}) void aBombIsAFailureAndCostsALimitedAmountOfMemory(String coding) {
        var zeros = new byte[ContentDecoding.MAX_BYTES + 1];
        var bomb = coding.equals("gzip") ? gzip(zeros) : deflate(zeros, false);
        assertThatThrownBy(() -> ContentDecoding.decode(bomb, List.of(coding))).isInstanceOf(HttpProtocolException.class)
            .hasMessage("The body says Content-Encoding: " + coding + " and unpacks from " + bomb.length
                + " bytes to more than 64 MiB. Read it with stream().");
    }

    @Test void aBrotliBombIsAFailureToo() {
        assertThatThrownBy(() -> ContentDecoding.decode(BROTLI_BOMB, List.of("br"))).isInstanceOf(HttpProtocolException.class)
            .hasMessageStartingWith("The body says Content-Encoding: br and unpacks from 132 bytes to more than 64 MiB.");
    }

    @Test void theLargestBodyIsUnpacked() throws Exception {
        assertThat(ContentDecoding.decode(gzip(new byte[ContentDecoding.MAX_BYTES]), List.of("gzip"))).hasSize(64 << 20);
    }

    @Test void aStreamUnpacksWithoutALimit() throws Exception {
        try (var stream = ContentDecoding.stream(new ByteArrayInputStream(BROTLI_BOMB), List.of("br"))) {
            assertThat(stream.transferTo(OutputStream.nullOutputStream())).isEqualTo(80L << 20);
        }
    }

    @Test void packedMoreThanFiveTimesIsAFailure() throws Exception {
        var text = "The body has more than 5 content encodings, beginning with gzip, gzip, gzip, gzip, gzip.";
        assertThatThrownBy(() -> ContentDecoding.decode(utf8("x"), List.of("gzip,".repeat(10_000)))).hasMessage(text);
        assertThatThrownBy(() -> ContentDecoding.stream(new ByteArrayInputStream(utf8("x")), List.of("gzip,".repeat(10_000))))
            .hasMessage(text);
        byte[] body = utf8("x");
        for (int i = 0; i < 5; i++)
            body = gzip(body);
        assertThat(ContentDecoding.decode(body, List.of("gzip, gzip", "gzip, gzip, gzip"))).isEqualTo(utf8("x"));
    }

    @Test void anyBytesAreABodyOrAFailure() {
        var random = new Random(42);
        int failures = 0;
        for (int i = 0; i < 9_000; i++) {
            var coding = List.of("gzip", "deflate", "br").get(i % 3);
            var good = List.of(gzip(utf8("hello hello hello")), deflate(utf8("hello hello hello"), i % 2 == 0), BROTLI).get(i % 3);
            var bytes = random.nextInt(4) == 0 ? new byte[1 + random.nextInt(80)] : good.clone();
            if (bytes.length != good.length)
                random.nextBytes(bytes);
            for (int change = random.nextInt(4); change > 0; change--)
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                ContentDecoding.decode(bytes, List.of(coding));
            } catch (HttpProtocolException expected) {
                failures++;
            }
        }
        assertThat(failures).isBetween(2_000, 8_700);
    }
}
