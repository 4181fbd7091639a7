package io.katydid.http;

import static io.katydid.http.Arrival.latin;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Reads multipart forms back with a parser that shares nothing with the encoder. */
class MultipartEncoderTest {

    private record Part(String name, String fileName, String contentType, String content) {}

    /** Splits at the boundary and undoes the quoting of HTML. */
    private static List<Part> parse(RequestBody.Bytes body) {
        var type = Pattern.compile("multipart/form-data; boundary=([0-9A-Za-z'()+_,./:=?-]{1,70})").matcher(body.contentType());
        assertThat(type.matches()).isTrue();
        var text = "\r\n" + new String(body.bytes(), StandardCharsets.ISO_8859_1);
        var pieces = text.split(Pattern.quote("\r\n--" + type.group(1)), -1);
        assertThat(pieces[0]).isEmpty();
        assertThat(pieces[pieces.length - 1]).isEqualTo("--\r\n");
        var parts = new ArrayList<Part>();
        for (int i = 1; i < pieces.length - 1; i++)
            parts.add(part(pieces[i]));
        return parts;
    }

    private static Part part(String piece) {
        assertThat(piece).startsWith("\r\n");
        int end = piece.indexOf("\r\n\r\n");
        var head = piece.substring(2, end).split("\r\n");
        var disposition = Pattern.compile("Content-Disposition: form-data; name=\"([^\"]*)\"(?:; filename=\"([^\"]*)\")?").matcher(head[0]);
        assertThat(disposition.matches()).as(head[0]).isTrue();
        var type = head.length > 1 ? head[1].substring("Content-Type: ".length()) : "";
        return new Part(unquoted(disposition.group(1)), disposition.group(2) == null ? "" : unquoted(disposition.group(2)), type,
            piece.substring(end + 4));
    }

    private static String unquoted(String quoted) {
        return utf8(quoted).replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    }

    private static String utf8(String latin) {
        return new String(latin(latin), StandardCharsets.UTF_8);
    }

    @Provide Arbitrary<String> names() {
        return Arbitraries.strings().withCharRange(' ', '~').withChars("\r\n\"\u00e9\u20ac").excludeChars('%').ofMaxLength(15);
    }

    @Provide Arbitrary<FilePart> files() {
        var contents = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(200).map(Arrival::latin);
        return Combinators
            .combine(names(), names().filter(name -> !name.isEmpty()), contents,
                Arbitraries.of("", "image/png", "text/plain; charset=utf-8"))
            .as(FilePart::new);
    }

    @Property(tries = 500) void aServerReadsWhatWasMeant(@ForAll("names") String field, @ForAll("names") String value,
        @ForAll("files") FilePart first,
        @ForAll("files") FilePart second) {
        var parts = parse(MultipartEncoder.encode(List.of(Map.entry(field, value), Map.entry("b", field)), List.of(first, second)));
        assertThat(parts).hasSize(4);
        assertThat(parts.get(0).name()).isEqualTo(field);
        assertThat(utf8(parts.get(0).content())).isEqualTo(value);
        assertThat(utf8(parts.get(1).content())).isEqualTo(field);
        check(parts.get(2), first);
        check(parts.get(3), second);
    }

    private static void check(Part part, FilePart file) {
        assertThat(part).isEqualTo(new Part(file.field(), file.fileName(), file.contentType(), new String(file.content(),
            StandardCharsets.ISO_8859_1)));
    }

    @Test void aFormIsWrittenAsBrowsersDo() {
        var body = MultipartEncoder.encode(List.of(Map.entry("a", "b")), List.of(new FilePart("f", "x.txt", latin("hi"), "text/plain")),
            "BOUND");
        assertThat(new String(body.bytes())).isEqualTo("""
            --BOUND
            Content-Disposition: form-data; name="a"

            b
            --BOUND
            Content-Disposition: form-data; name="f"; filename="x.txt"
            Content-Type: text/plain

            hi
            --BOUND--
            """.replace("\n", "\r\n"));
    }

    @Test void aTypeCannotBreakTheHeadOfItsPart() {
        var body = MultipartEncoder.encode(List.of(), List.of(new FilePart("f", "x", latin("hi"), "a/b\r\nEvil: y")));
        assertThat(parse(body)).singleElement().satisfies(part -> assertThat(part.contentType()).isEqualTo("a/b  Evil: y"));
    }

    @Test void eachFormHasItsOwnBoundary() {
        assertThat(MultipartEncoder.encode(List.of(), List.of()).contentType())
            .isNotEqualTo(MultipartEncoder.encode(List.of(), List.of()).contentType());
    }
}
