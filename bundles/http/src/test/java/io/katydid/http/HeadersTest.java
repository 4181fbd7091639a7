package io.katydid.http;

import static io.katydid.http.HttpUser.body;
import static io.katydid.http.HttpUser.form;
import static io.katydid.http.HttpUser.header;
import static io.katydid.http.HttpUser.headers;
import static io.katydid.http.HttpUser.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.parity.Parity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads the header lines that a server gets. */
class HeadersTest {
    private WireServer server;

    @BeforeEach void start() throws Exception {
        server = WireServer.answering("ok");
    }

    @AfterEach void stop() throws Exception {
        server.close();
    }

    @Test void anHttpUserSendsTheseLinesAndNoOthers() throws Exception {
        Trial.http(server.url(), user -> user.client.get("/")).clean();
        assertThat(server.last().lines()).containsExactly("Host: 127.0.0.1:" + server.port(), "User-Agent: katydid",
            "Accept-Encoding: gzip, deflate", "Accept: */*", "Connection: keep-alive");
    }

    @Test
    @Parity("UM-131") void aFastUserAcceptsBrotliToo() throws Exception {
        Trial.fast(server.url(), user -> user.client.get("/")).clean();
        assertThat(server.last().lines()).containsExactly("Host: 127.0.0.1:" + server.port(), "User-Agent: katydid",
            "Accept-Encoding: gzip, deflate, br", "Accept: */*", "Connection: keep-alive");
    }

    @Test
    @Parity({"UM-85", "UM-125"}) void thoseOfTheRequestWinOverTheSessionsAndThoseOverTheOptions() throws Exception {
        Trial.http(server.url(), http -> http.header("X-Team", "options").header("User-Agent", "mine"), user -> {
            user.client.get("/options");
            user.client.headers().set("x-team", "session");
            user.client.get("/session");
            user.client.get("/request", header("X-TEAM", "request"), headers(Map.of("X-More", "1", "Accept", "text/css")));
            user.client.get("/session");
            user.client.headers().remove("X-Team");
            user.client.get("/none");
        }).clean();
        assertThat(server.seen).extracting(seen -> seen.line() + " " + seen.all("X-Team")).containsExactly("GET /options [options]",
            "GET /session [session]", "GET /request [request]", "GET /session [session]", "GET /none []");
        assertThat(server.seen).allSatisfy(seen -> assertThat(seen.all("User-Agent")).containsExactly("mine"));
        assertThat(server.seen.get(2).all("Accept")).containsExactly("text/css");
        assertThat(server.seen.get(2).all("X-More")).containsExactly("1");
    }

    @Test void severalValuesOfANameAreSeveralLines() throws Exception {
        Trial.http(server.url(), user -> {
            user.client.headers().add("X-Tag", "a").add("X-Tag", "b");
            user.client.get("/");
        }).clean();
        assertThat(server.last().all("X-Tag")).containsExactly("a", "b");
    }

    @Test void anOwnHostTakesThePlaceOfTheAddresssOnThisServerOnly() throws Exception {
        try (var other = WireServer.answering("other");
            var redirecting = WireServer.plain((_, wire) -> wire.answer(302, "", "Location: " + other.url() + "/there"))) {
            Trial.http(redirecting.url(), user -> user.client.get("/", header("Host", "shop.example.com"))).clean();
            assertThat(redirecting.last().all("Host")).containsExactly("shop.example.com");
            assertThat(other.last().all("Host")).containsExactly("127.0.0.1:" + other.port());
        }
    }

    @Test void theBodysOwnLengthIsSentWhateverAHeaderSays() throws Exception {
        Trial.http(server.url(), user -> {
            user.client.post("/", body("four"), header("Content-Length", "999"), header("Transfer-Encoding", "chunked"));
            user.client.post("/", header("Content-Length", "999"));
            user.client.get("/", header("Content-Length", "999"));
        }).clean();
        assertThat(server.seen).extracting(seen -> seen.all("Content-Length")).containsExactly(List.of("4"), List.of("0"), List.of());
        assertThat(server.seen).allSatisfy(seen -> assertThat(seen.all("Transfer-Encoding")).isEmpty());
    }

    @Test void theTypeOfABodyIsTheRequestsHeaderElseTheWordsElseTheSessions() throws Exception {
        Trial.http(server.url(), user -> {
            user.client.post("/1", json(1));
            user.client.post("/2", form("a", 1));
            user.client.post("/3", body("text"));
            user.client.post("/4", body("text/csv", "a,b"));
            user.client.post("/5", json(1), header("Content-Type", "application/vnd.api+json"));
            user.client.post("/6", body("text/csv", "a,b"), header("content-type", "text/plain"));
            user.client.headers().set("Content-Type", "application/session");
            user.client.post("/7", json(1));
            user.client.post("/8", body("text"));
            user.client.post("/9", body("text/csv", "a,b"));
            user.client.post("/10", HttpUser.files("f", "a.txt", new byte[]{1}, "text/plain"), header("Content-Type", "nonsense"));
            user.client.get("/11");
        }).clean();
        assertThat(server.seen.stream().limit(9)).extracting(seen -> seen.all("Content-Type")).containsExactly(List.of("application/json"),
            List.of("application/x-www-form-urlencoded"), List.of(), List.of("text/csv"), List.of("application/vnd.api+json"),
            List.of("text/plain"), List.of("application/session"), List.of("application/session"), List.of("text/csv"));
        assertThat(server.seen.get(9).all("Content-Type")).singleElement().asString().startsWith("multipart/form-data; boundary=");
        assertThat(server.seen.get(10).all("Content-Type")).containsExactly("application/session");
    }

    @Test
    @Parity("UM-131") void aFastUserAcceptsJsonWhenItSendsJson() throws Exception {
        Trial.fast(server.url(), user -> {
            user.client.post("/", json(1));
            user.client.post("/", json(1), header("Accept", "text/plain"));
            user.client.post("/", form("a", 1));
            user.client.get("/");
        }).clean();
        assertThat(server.seen).extracting(seen -> seen.all("Accept")).containsExactly(List.of("application/json"), List.of("text/plain"),
            List.of("*/*"), List.of("*/*"));
        Trial.http(server.url(), user -> user.client.post("/", json(1))).clean();
        assertThat(server.last().all("Accept")).containsExactly("*/*");
    }

    @Test void aValueWithALineBreakIsRefusedBeforeAnythingIsSent() throws Exception {
        Trial.http(server.url(), user -> assertThatThrownBy(() -> user.client.get("/", header("X-Evil", "a\r\nX-More: b")))
            .isInstanceOf(KatydidException.class)
            .hasMessage("The value of header X-Evil has a line break: \"a\\r\\nX-More: b\". Take it out."));
        assertThat(server.seen).isEmpty();
    }

    @Test void theServersHeadersAreReadWhateverTheirCase() throws Exception {
        try (var many = WireServer.plain((_, wire) -> wire.answer(200, "", "x-ONE: 1", "X-Two: a", "x-two: b"))) {
            Trial.http(many.url(), user -> {
                var answer = user.client.get("/").headers();
                assertThat(answer.get("X-One")).contains("1");
                assertThat(answer.get("x-two")).contains("a, b");
                assertThat(answer.getAll("X-TWO")).containsExactly("a", "b");
                assertThat(answer.get("X-Three")).isEmpty();
                assertThatThrownBy(() -> answer.set("X-One", "2"))
                    .hasMessage("The headers of a response cannot be changed. Change client.headers(), or use header(…) on a request.");
            }).clean();
        }
    }
}
