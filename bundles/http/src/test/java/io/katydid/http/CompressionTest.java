package io.katydid.http;

import static io.katydid.http.HttpUser.header;
import static io.katydid.http.HttpUser.name;
import static io.katydid.http.HttpUser.stream;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

/** Unpacks what servers pack. */
class CompressionTest {
    /** Is "hello" as Brotli stores it. */
    private static final byte[] BROTLI = {0x0b, 0x02, (byte) 0x80, 'h', 'e', 'l', 'l', 'o', 0x03};

    private static byte[] packed(String how) throws IOException {
        var plain = "hello".getBytes(StandardCharsets.US_ASCII);
        var out = new ByteArrayOutputStream();
        switch (how) {
            case "br" -> out.writeBytes(BROTLI);
            case "gzip" -> {
                try (var gzip = new GZIPOutputStream(out)) {
                    gzip.write(plain);
                }
            }
            case "zlib" -> {
                try (var zlib = new DeflaterOutputStream(out)) {
                    zlib.write(plain);
                }
            }
            case "raw" -> {
                try (var raw = new DeflaterOutputStream(out, new Deflater(6, true))) {
                    raw.write(plain);
                }
            }
            default -> out.writeBytes(plain);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"gzip,gzip", "GZip,gzip", "x-gzip,gzip", "deflate,zlib", "deflate,raw", "br,br", "identity,plain",
        "unheard-of,plain"}) void aBodyIsUnpackedAndItsLengthIsThatOfThePlainOne(
            String said, String how) throws Exception {
        try (var server = WireServer.plain((_, wire) -> wire.answer(200, packed(how), "Content-Encoding: " + said))) {
            var trial = Trial.fast(server.url(), user -> {
                assertThat(user.client.get("/").text()).isEqualTo("hello");
                try (var response = user.client.get("/", stream(), name("streamed"))) {
                    assertThat(response.text()).isEqualTo("hello");
                }
                try (var lines = ((FastHttpUser) user).client.iterLines("/", name("lines"))) {
                    assertThat(lines.toList()).containsExactly("hello");
                }
                try (var response = user.client.get("/", stream(), name("pieces"))) {
                    assertThat(response.iterContent(2).map(String::new).toList()).containsExactly("he", "ll", "o");
                }
            }).clean();
            assertThat(trial.named("/").responseLength()).isEqualTo(5);
            assertThat(trial.named("streamed").responseLength()).as("what was announced").isEqualTo(packed(how).length);
        }
    }

    @Test void severalCodingsAreUnpackedInTurn() throws Exception {
        var twice = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(twice)) {
            gzip.write(packed("zlib"));
        }
        try (var server = WireServer.plain((_, wire) -> wire.answer(200, twice.toByteArray(), "Content-Encoding: deflate, gzip"))) {
            Trial.http(server.url(), user -> assertThat(user.client.get("/").text()).isEqualTo("hello")).clean();
        }
    }

    @ParameterizedTest
    @CsvSource({"gzip", "deflate", "br"}) void aBodyThatIsNotWhatItSaysFailsTheRequest(String said) throws Exception {
        try (var server = WireServer.plain((_, wire) -> wire.answer(200, "no such thing", "Content-Encoding: " + said))) {
            var trial = Trial.fast(server.url(), user -> {
                assertThat(user.client.get("/").ok()).isFalse();
                assertThat(user.client.get("/", response -> {}).statusCode()).as("no answer, as in the reference").isZero();
            });
            assertThat(trial.failures()).hasSize(2).allSatisfy(text -> assertThat(text)
                .startsWith("HttpProtocolException: The body says Content-Encoding: " + said + " but cannot be decoded ("));
            assertThat(server.connections()).isOne();
        }
    }

    @Test void anEmptyBodyNeedsNoUnpacking() throws Exception {
        try (var server = WireServer.plain((_, wire) -> wire.answer(200, "", "Content-Encoding: gzip"))) {
            Trial.http(server.url(), user -> {
                assertThat(user.client.get("/").text()).isEmpty();
                assertThat(user.client.head("/").text()).isEmpty();
            }).clean();
        }
    }

    @Test void whatIsAcceptedMayBeChanged() throws Exception {
        try (var server = WireServer.answering("")) {
            Trial.http(server.url(), user -> user.client.get("/", header("Accept-Encoding", "identity"))).clean();
            assertThat(server.last().all("Accept-Encoding")).containsExactly("identity");
        }
    }
}
