package io.katydid.http;

import static io.katydid.http.Arrival.latin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decodes responses one by one; each arrives whole, byte by byte, and cut in two at every place. */
class Http1ResponseDecoderTest {

    private static Arrival decode(String method, String response) {
        var bytes = latin(response);
        var whole = Arrival.whole(method, bytes);
        assertThat(Arrival.bytewise(method, bytes).withoutExcerpt()).as("byte by byte").isEqualTo(whole.withoutExcerpt());
        int step = Math.max(1, bytes.length / 500);
        for (int cut = 1; cut < bytes.length; cut += step)
            assertThat(Arrival.pieces(method, bytes, List.of(cut, bytes.length)).withoutExcerpt()).as("cut at %d", cut)
                .isEqualTo(whole.withoutExcerpt());
        return whole;
    }

    private static Arrival get(String response) {
        return decode("GET", response);
    }

    private static String failure(String response) {
        var arrival = get(response);
        assertThat(arrival.done()).isFalse();
        return arrival.failure();
    }

    @Test void aBodyWithALengthIsTakenAsItIs() {
        assertThat(get("HTTP/1.1 200 Fine\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"))
            .isEqualTo(new Arrival(200, "Fine", List.of("Content-Type", "text/plain", "Content-Length", "5"), "hello", true, 0, true, ""));
    }

    @Test void aBodyInChunksIsPutTogetherWithoutExtensionsAndTrailers() {
        var arrival = get("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\n1;name=\"value; of\"\r\n,\r\n000006 ;x\r\n world\r\nA\r\n0123456789\r\n0;last\r\nExpires: never\r\nX: y\r\n\r\n");
        assertThat(arrival.body()).isEqualTo("hello, world0123456789");
        assertThat(arrival.headers()).containsExactly("Transfer-Encoding", "chunked");
        assertThat(arrival.keepAlive()).isTrue();
    }

    @Test void chunkLinesMayEndInALineFeedAlone() {
        assertThat(get("HTTP/1.1 200 OK\nTransfer-Encoding: CHUNKED\n\n3\nabc\n0\nT: r\n\n").body()).isEqualTo("abc");
    }

    @Test void noBodyFollowsAHeadANoContentANotModifiedOrASwitch() {
        assertThat(decode("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"))
            .satisfies(arrival -> assertThat(arrival.body()).isEmpty()).satisfies(arrival -> assertThat(arrival.keepAlive()).isTrue());
        assertThat(get("HTTP/1.1 204 No Content\r\n\r\n").keepAlive()).isTrue();
        assertThat(get("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n").body()).isEmpty();
        assertThat(get("HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n").done()).isTrue();
        assertThat(get("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n").keepAlive()).isFalse();
        assertThat(decode("CONNECT", "HTTP/1.1 200 OK\r\n\r\n").done()).isTrue();
        assertThat(get("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").body()).isEmpty();
    }

    @Test void informationalResponsesComeBeforeTheRealOne() {
        var arrival = get("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 201 Created\r\n"
            + "Content-Length: 2\r\n\r\nok");
        assertThat(arrival.status()).isEqualTo(201);
        assertThat(arrival.headers()).containsExactly("Content-Length", "2");
        assertThat(arrival.body()).isEqualTo("ok");
    }

    @Test void aBodyWithoutALengthEndsWithTheConnection() {
        assertThat(get("HTTP/1.0 200 OK\r\n\r\nall of it"))
            .isEqualTo(new Arrival(200, "OK", List.of(), "all of it", false, 0, true, ""));
        assertThat(get("HTTP/1.1 200 OK\r\n\r\n").body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1,'',true", "HTTP/1.1,close,false", "HTTP/1.1,'upgrade, Close',false", "HTTP/1.0,'',false",
        "HTTP/1.0,Keep-Alive,true",
        "HTTP/1.0,'keep-alive, close',false"}) void theConnectionIsKeptAsTheHeadSays(String version, String connection, boolean kept) {
        var line = connection.isEmpty() ? "" : "Connection: " + connection + "\r\n";
        assertThat(get(version + " 200 OK\r\n" + line + "Content-Length: 1\r\n\r\nx").keepAlive()).isEqualTo(kept);
    }

    @Test void manyHeadersKeepTheirOrderAndTheirRepetitions() {
        var head = new StringBuilder("HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < 1_000; i++)
            head.append("X-").append(i % 10).append(": \t").append(i).append(" \r\n");
        var headers = HttpHeaders.ofPairs(get(head + "Content-Length: 0\r\n\r\n").headers());
        assertThat(headers.size()).isEqualTo(1_001);
        assertThat(headers.getAll("x-3")).hasSize(100).startsWith("3", "13").endsWith("993");
    }

    @Test void anObsoleteFoldedLineBelongsToTheOneBefore() {
        assertThat(get("HTTP/1.1 200 OK\r\nX: one\r\n two\r\n\t three \r\nY:\r\n z\r\nContent-Length: 0\r\n\r\n").headers())
            .containsExactly("X", "one two three", "Y", "z", "Content-Length", "0");
    }

    @Test void theSameLengthTwiceIsOneLength() {
        assertThat(get("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2, 2\r\n\r\nok").body()).isEqualTo("ok");
    }

    @Test void theReasonMayBeMissingOrBeAnything() {
        assertThat(get("HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n").reason()).isEqualTo("Not Found");
        assertThat(get("HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n").reason()).isEqualTo("Not Found");
        assertThat(get("HTTP/1.1 799 Caf\u00e9 closed\r\nContent-Length: 0\r\n\r\n").reason()).isEqualTo("Caf\u00e9 closed");
    }

    @Test void bytesBehindTheResponseAreNotTouched() {
        assertThat(get("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n").unused()).isEqualTo(17);
        assertThat(get("HTTP/1.1 204 No Content\r\n\r\n!").unused()).isEqualTo(1);
        assertThat(get("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\r\n").unused()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1200 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 000 OK\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/1.1  200 OK\r\n\r\n",
        "HTTP/1.x 200 OK\r\n\r\n",
        "http/1.1 200 OK\r\n\r\n", "\r\nHTTP/1.1 200 OK\r\n\r\n", "<html>", "ICY 200 OK\r\n\r\n",
        "HTTP/1.1\r\n\r\n"}) void aStatusLineThatIsNoneIsShown(String response) {
        assertThat(failure(response)).startsWith("The response does not begin with an HTTP/1 status line but with \"")
            .endsWith("\". Does the address name an HTTP server, and is https meant?");
    }

    @Test void tlsIsRecognizedByItsFirstBytes() {
        assertThat(failure("\u0015\u0003\u0003\u0000\u0002")).contains("but with \"\\x15\\x03\\x03\\x00\\x02\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no colon", ": no name", "na me: x", "n\u00e4me: x", "name : x", "\u0000: x",
        "na\u007fme: x"}) void aHeaderLineThatIsNoneIsShown(String line) {
        assertThat(failure("HTTP/1.1 200 OK\r\nA: b\r\n" + line + "\r\n\r\n"))
            .matches("\".*\" in the response's head is not a header line\\.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", "", "1 2", "0x10", "1.0", "9999999999999999999", "18446744073709551617", "five", "5,", ",5",
        "5;"}) void aLengthThatIsNoneIsShown(String length) {
        assertThat(failure("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\nhello"))
            .isEqualTo("\"Content-Length: " + length + "\" is not a length in bytes.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 6", "content-length:5, 6"}) void twoDifferentLengthsAreAFailure(String second) {
        assertThat(failure("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" + second + "\r\n\r\nhello!"))
            .isEqualTo("The response has two different lengths, 5 and \"" + second + "\": its end is not certain.");
    }

    @Test void aLengthAndChunksTogetherAreAFailureInAnyOrder() {
        var text = "The response has both Content-Length: 5 and Transfer-Encoding: chunked: its end is not certain.";
        assertThat(failure("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")).isEqualTo(text);
        assertThat(failure("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n")).isEqualTo(text);
    }

    @Test void aTransferEncodingThatIsNotUnderstoodIsAFailure() {
        assertThat(failure("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"))
            .isEqualTo("\"Transfer-Encoding: gzip, chunked\" is not understood; only chunked is.");
        assertThat(failure("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
            .isEqualTo(
                "The response has two Transfer-Encoding headers, the second is \"Transfer-Encoding: chunked\": its end is not certain.");
        assertThat(get("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 1\r\n\r\nx").body()).isEqualTo("x");
    }

    @Test void aFoldedLineMustNotChangeTheLength() {
        assertThat(failure("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n 0\r\n\r\nhello"))
            .isEqualTo("The header that frames the body goes on in a second line, \" 0\".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "-5\r\nhello", "+5\r\nhello", "\r\n", " 5\r\nhello", "0x5\r\nhello",
        ";ext\r\n"}) void aChunkSizeThatIsNoneIsShown(String chunk) {
        assertThat(failure("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk))
            .matches("\".*\" (is not|follows) the size of a chunk\\.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FFFFFFFFFFFFFFFF\r\n", "8000000000000000\r\nhello", "10000000000000000\r\n",
        "0000000000000005\r\nhello\r\n"}) void aChunkSizeThatOverflowsIsAFailure(String chunk) {
        assertThat(failure("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk))
            .startsWith("The size of a chunk has more than 15 digits: \"");
    }

    @Test void aChunkThatEndsElsewhereIsAFailure() {
        var head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(failure(head + "5\r\nhello, world\r\n")).startsWith("A chunk does not end where its size says; there is \", world");
        assertThat(failure(head + "5\r\nhello\rx")).startsWith("A line of the chunked body does not end where it should; there is \"x");
        assertThat(failure(head + "5\rhello")).startsWith("A line of the chunked body does not end where it should; there is \"hello");
        assertThat(failure(head + "0\r\n\rx")).startsWith("A line of the chunked body does not end where it should; there is \"x");
    }

    @Test void extensionsAndTrailersWithoutEndAreAFailure() {
        var head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(failure(head + "5;" + "x".repeat(20_000))).isEqualTo("The extension of a chunk has more than 16384 bytes.");
        assertThat(failure(head + "0\r\n" + "x: y\r\n".repeat(15_000)))
            .isEqualTo("The trailers behind the body have more than 65536 bytes.");
        assertThat(get(head + ("1;" + "x".repeat(1_000) + "\r\ny\r\n").repeat(40) + "0\r\n\r\n").body()).hasSize(40);
    }

    @Test void aHeadWithoutEndIsAFailure() {
        assertThat(failure("HTTP/1.1 200 OK\r\n" + "X-Long: value\r\n".repeat(6_000)))
            .startsWith("The response's head has more than 65536 bytes; it begins with \"HTTP/1.1 200 OK\\r\\nX-Long: value");
        assertThat(failure("HTTP/1.1 200 OK\r\nX: " + "y".repeat(70_000))).startsWith("The response's head has more than 65536 bytes");
        var largest = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: ";
        assertThat(get(largest + "y".repeat(65_536 - largest.length() - 4) + "\r\n\r\nok").body()).isEqualTo("ok");
    }

    @Test void informationalResponsesWithoutEndAreAFailure() {
        assertThat(get("HTTP/1.1 102 Processing\r\n\r\n".repeat(32) + "HTTP/1.1 204 Done\r\n\r\n").status()).isEqualTo(204);
        assertThat(failure("HTTP/1.1 102 Processing\r\n\r\n".repeat(40)))
            .isEqualTo("The server sent more than 32 responses of the kind 102 before the real one.");
    }

    @Test void aResponseCutShortIsAFailure() {
        assertThat(failure("")).isEqualTo("Remote end closed connection without response");
        assertThat(failure("HTTP/1.1 100 Continue\r\n\r\n")).isEqualTo("Remote end closed connection without response");
        assertThat(failure("HTTP/1.1 200 OK\r\nContent-"))
            .isEqualTo("The server closed the connection in the middle of the response's head, after \"HTTP/1.1 200 OK\\r\\nContent-\".");
        assertThat(failure("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"))
            .isEqualTo("The server closed the connection after 5 of 10 bytes of the body.");
        assertThat(failure("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"))
            .isEqualTo("The server closed the connection in the middle of a chunked body, after 5 bytes.");
        assertThat(failure("HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999\r\n\r\nx"))
            .contains("after 1 of 999999999999999999 bytes");
    }

    @Test void aDecoderIsReadyForTheNextResponseWhateverTheLastOneWas() throws Exception {
        var decoder = new Http1ResponseDecoder();
        decoder.expect("GET");
        feed(decoder,
            "HTTP/1.1 200 OK\r\nConnection: close\r\nSet-Cookie: a=b\r\nContent-Encoding: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab");
        decoder.expect("GET");
        feed(decoder, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        assertThat(decoder.done() && decoder.keepAlive()).isTrue();
        assertThat(decoder.setsCookies() || decoder.encoded()).isFalse();
        assertThat(decoder.body()).isEqualTo(latin("ok"));
        decoder.expect("GET");
        assertThatThrownBy(() -> feed(decoder, "oops")).isInstanceOf(HttpProtocolException.class);
        decoder.expect("GET");
        feed(decoder, "HTTP/1.1 204 Fine\r\n\r\n");
        assertThat(decoder.done()).isTrue();
    }

    @Test void aSinkGetsThePiecesAndTheDecoderKeepsNone() throws Exception {
        var seen = new StringBuilder();
        var decoder = new Http1ResponseDecoder();
        decoder.expect("GET", false, (buffer, from, to) -> seen.append(new String(buffer, from, to - from)).append('|'));
        feed(decoder, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc");
        assertThat(decoder.headDone()).isTrue();
        assertThat(decoder.done()).isFalse();
        feed(decoder, "\r\n2\r\nde\r\n0\r\n\r\n");
        assertThat(decoder.done()).isTrue();
        assertThat(seen).hasToString("abc|de|");
        assertThat(decoder.body()).isEmpty();
        assertThat(decoder.bodyLength()).isEqualTo(5);
    }

    @Test void aDiscardedBodyIsOnlyCounted() throws Exception {
        var decoder = new Http1ResponseDecoder();
        decoder.expect("GET", true, null);
        feed(decoder, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(decoder.body()).isEmpty();
        assertThat(decoder.bodyLength()).isEqualTo(5);
    }

    @Test void anAnnouncedLengthCostsNoMemoryBeforeItsBytes() throws Exception {
        var decoder = new Http1ResponseDecoder();
        for (int i = 0; i < 10_000; i++) {
            decoder.expect("GET");
            feed(decoder, "HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999\r\n\r\nx");
        }
        assertThat(decoder.bodyLength()).isEqualTo(1);
    }

    private static void feed(Http1ResponseDecoder decoder, String text) throws HttpProtocolException {
        decoder.feed(latin(text), 0, text.length());
    }
}
