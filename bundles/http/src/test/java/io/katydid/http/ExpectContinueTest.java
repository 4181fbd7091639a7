package io.katydid.http;

import static io.katydid.http.HttpUser.body;
import static io.katydid.http.HttpUser.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Environment;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends {@code Expect: 100-continue} and meets servers that want the body, refuse it, or say nothing. */
class ExpectContinueTest {
    private static final String HELLO = "hello ".repeat(10);
    private static final RequestOption EXPECT = header("Expect", "100-continue");

    private static RequestOption hello(boolean streamed) {
        return streamed ? body("text/plain", new ByteArrayInputStream(HELLO.getBytes())) : body("text/plain", HELLO);
    }

    private static String read(ScriptedServer.Talk talk, String head) throws Exception {
        if (head.contains("Content-Length: 60")) return talk.body(60);
        assertThat(head).contains("Transfer-Encoding: chunked");
        var chunk = talk.body("3c\r\n".length() + 60 + "\r\n0\r\n\r\n".length());
        assertThat(chunk).startsWith("3c\r\n").endsWith("\r\n0\r\n\r\n");
        return chunk.substring(4, 64);
    }

    private static Environment user(String url, boolean fallback, OneUser.Body<OneUser.Plain> what) throws Exception {
        return OneUser.run(OneUser.Plain.class, url, _ -> {}, what, fallback);
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"}) void theBodyWaitsForTheServersWord(boolean streamed,
        boolean fallback)
        throws Exception {
        try (var server = new ScriptedServer(talk -> {
            for (var head = talk.head(); !head.isEmpty(); head = talk.head()) {
                assertThat(head).contains("Expect: 100-continue");
                assertThat(talk.in.available()).as("bytes of the body before the 100").isZero();
                talk.say("HTTP/1.1 100 Continue\r\n\r\n");
                talk.ok(read(talk, head).equals(HELLO) ? "right" : "wrong");
            }
        })) {
            var environment = user(server.url(), fallback, user -> {
                for (int i = 0; i < 3; i++) assertThat(user.client.post("/", hello(streamed), EXPECT).text()).isEqualTo("right");
            });
            assertThat(server.problems).isEmpty();
            assertThat(server.connections()).as("the connection is used again").isEqualTo(1);
            assertThat(environment.stats().total().maxResponseTime()).as("nobody waited for the second").isLessThan(900);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void aSilentServerGetsTheBodyAfterASecond(boolean streamed) throws Exception {
        try (var server = new ScriptedServer(talk -> talk.ok(read(talk, talk.head()).equals(HELLO) ? "right" : "wrong"))) {
            var environment = user(server.url(), false,
                user -> assertThat(user.client.post("/", hello(streamed), EXPECT).text()).isEqualTo("right"));
            assertThat(environment.stats().total().minResponseTime()).isBetween(990.0, 10_000.0);
        }
    }

    @Test void aLateWordDoesNoHarm() throws Exception {
        try (var server = new ScriptedServer(talk -> {
            for (var head = talk.head(); !head.isEmpty(); head = talk.head()) {
                read(talk, head);
                talk.say("HTTP/1.1 100 Continue\r\n\r\n");
                talk.ok("fine");
            }
        })) {
            user(server.url(), false, user -> {
                assertThat(user.client.post("/", hello(false), EXPECT).text()).isEqualTo("fine");
                assertThat(user.client.post("/", hello(false)).text()).isEqualTo("fine");
            });
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"417 Expectation Failed,false,false", "401 Unauthorized,true,false", "200 OK,false,false",
        "417 Expectation Failed,true,true",
        "200 OK,false,true"}) void aServerThatAnswersAtOnceGetsNoBody(String status, boolean streamed, boolean fallback) throws Exception {
        var rest = new CompletableFuture<String>();
        try (var server = new ScriptedServer(talk -> {
            talk.head();
            talk.say("HTTP/1.1 " + status + "\r\nContent-Length: 7\r\n\r\nat once");
            if (talk.number == 0) rest.complete(talk.untilClosed());
        })) {
            var environment = user(server.url(), fallback, user -> {
                var response = user.client.post("/", hello(streamed), EXPECT);
                assertThat(response.statusCode()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
                assertThat(response.text()).isEqualTo("at once");
                assertThat(user.client.get("/").text()).isEqualTo("at once");
            });
            assertThat(rest.get(10, TimeUnit.SECONDS)).as("what came behind the head").isEmpty();
            assertThat(server.connections()).isEqualTo(2);
            var error = status.startsWith("2") ? List.<String>of() : List.of(status.replace(" ", " Client Error: ").replaceFirst(
                "(\\d+ Client Error:) (\\w+)(?: Client Error: )?(\\w*)", "$1 $2 $3").strip() + " for url: /");
            assertThat(environment.stats().get("/", "POST").failures()).extracting(each -> each.error()).isEqualTo(error);
        }
    }

    @Test void aConnectionClosedInsteadOfAnAnswerIsAFailure() throws Exception {
        try (var server = new ScriptedServer(ScriptedServer.Talk::head)) {
            var environment = user(server.url(), false,
                user -> assertThat(user.client.post("/", hello(false), EXPECT).statusCode()).isZero());
            assertThat(environment.stats().errors()).extracting(each -> each.error())
                .containsExactly("HttpProtocolException: Remote end closed connection without response");
        }
    }

    @Test void aRequestWithoutABodyWaitsForNothing() throws Exception {
        try (var server = new ScriptedServer(talk -> {
            talk.head();
            talk.ok("");
        })) {
            var environment = user(server.url(), false, user -> user.client.get("/", EXPECT));
            assertThat(environment.stats().total().maxResponseTime()).isLessThan(900);
        }
    }
}
