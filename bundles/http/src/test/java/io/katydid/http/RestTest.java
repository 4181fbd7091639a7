package io.katydid.http;

import static io.katydid.http.HttpUser.form;
import static io.katydid.http.HttpUser.header;
import static io.katydid.http.HttpUser.json;
import static io.katydid.http.HttpUser.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Makes REST calls with both users. */
class RestTest {
    private static final String LONG = "<html>" + "x".repeat(400);

    private static WireServer server() throws Exception {
        return WireServer.plain((seen, wire) -> {
            switch (seen.target().replaceFirst("\\?.*", "")) {
                case "/empty" -> wire.answer(204, "");
                case "/html" -> wire.answer(502, LONG, "Content-Type: text/html");
                case "/bad" -> wire.answer(400, "{\"error\": \"no such user\"}");
                default -> wire.answer(200, "{\"foo\": 1, \"got\": " + (seen.text().isEmpty() ? "null" : seen.text()) + "}");
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    @Parity({"SD-33", "UM-140", "AC-91"}) void itSpeaksJsonBothWays(Flavour flavour) throws Exception {
        try (var server = server()) {
            var trial = Trial.of(flavour, server.url(), _ -> {}, user -> {
                var response = user.rest("POST", "/echo", answer -> assertThat(answer.json().at("got.a").asInt()).isEqualTo(1),
                    json(Map.of("a", 1)));
                assertThat(response.ok()).isTrue();
                user.rest("GET", "/x", _ -> {});
                user.rest("GET", "/x", _ -> {}, header("Accept", "application/hal+json"), header("Content-Type", "application/mine"));
                user.rest("GET", "/empty", answer -> assertThat(answer.content()).isEmpty());
                user.client.rest("GET", "/x", _ -> {});
            }).clean();
            assertThat(trial.names()).containsExactly("POST /echo", "GET /x", "GET /x", "GET /empty", "GET /x");
            assertThat(server.seen).extracting(seen -> seen.all("Accept")).containsExactly(List.of("application/json"),
                List.of("application/json"), List.of("application/hal+json"), List.of("application/json"), List.of("application/json"));
            assertThat(server.seen.getFirst().all("Content-Type")).containsExactly("application/json");
            assertThat(server.seen.get(1).all("Content-Type")).containsExactly("application/json");
            assertThat(server.seen.get(2).all("Content-Type")).containsExactly("application/mine");
        }
    }

    @Test void aFormStaysAForm() throws Exception {
        try (var server = WireServer.answering("{}")) {
            Trial.fast(server.url(), user -> user.rest("POST", "/", _ -> {}, form("a", 1))).clean();
            assertThat(server.last().all("Content-Type")).containsExactly("application/x-www-form-urlencoded");
        }
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    @Parity({"UM-141", "UM-142", "UM-143", "UM-144", "AC-91"}) void theFailuresSayWhatWasReceived(Flavour flavour) throws Exception {
        try (var server = server()) {
            var trial = Trial.of(flavour, server.url(), _ -> {}, user -> {
                user.rest("GET", "/html", _ -> { throw new AssertionError("must not run"); });
                user.rest("GET", "/x", _ -> { throw new AssertionError("foo was 1"); });
                user.rest("GET", "/x", _ -> { throw new AssertionError("foo was 1,"); });
                user.rest("GET", "/x", _ -> { throw new AssertionError(); });
                user.rest("GET", "/x", _ -> { throw new IllegalStateException("odd"); });
                user.rest("GET", "/x", _ -> { throw new IOException("checked"); });
                user.rest("GET", "/x", answer -> answer.json().at("bar").asInt());
                user.rest("GET", "/bad", _ -> {});
                user.rest("GET", "/bad", answer -> answer.failure(answer.json().at("error").asString()));
                user.rest("GET", "/bad", ResponseContextManager::success, name("fine"));
            });
            var body = "{\"foo\": 1, \"got\": null}";
            assertThat(trial.failures()).satisfiesExactly(
                text -> assertThat(text)
                    .startsWith("Could not parse response as JSON. " + LONG.substring(0, 250) + ", response code 502, error "),
                text -> assertThat(text).isEqualTo("foo was 1"), text -> assertThat(text).isEqualTo("foo was 1, response was " + body),
                text -> assertThat(text).isEqualTo("Assertion failed"),
                text -> assertThat(text).matches("IllegalStateException: odd at RestTest.java:\\d+. Response was \\Q" + body + "\\E"),
                text -> assertThat(text).matches("IOException: checked at RestTest.java:\\d+. Response was \\Q" + body + "\\E"),
                text -> assertThat(text).startsWith("JsonException: \"bar\" is missing. The body begins with: " + body),
                text -> assertThat(text).isEqualTo("400 Client Error: Bad Request for url: /bad"),
                text -> assertThat(text).isEqualTo("no such user"));
            assertThat(trial.events()).hasSize(10);
        }
    }

    @Test void aTransportErrorIsItsOwnFailureAndNothingIsChecked() throws Exception {
        var trial = Trial.fast("http://127.0.0.1:" + Ports.closed(), user -> {
            var response = user.rest("GET", "/", _ -> { throw new AssertionError("must not run"); });
            assertThat(response.statusCode()).isZero();
        });
        assertThat(trial.failures()).containsExactly("ConnectException: Connection refused");
    }

    @Test
    @Parity("UM-145") void theUncachedOneAddsATimeStampThatDoesNotSpreadTheName() throws Exception {
        try (var server = server()) {
            var trial = Trial.fast(server.url(), user -> {
                user.restUncached("GET", "/x", answer -> assertThat(answer.json().at("foo").asInt()).isOne());
                user.restUncached("GET", "/x?a=1", _ -> {});
                user.restUncached("GET", "/x", _ -> {}, name("mine"));
            }).clean();
            assertThat(trial.names()).containsExactly("GET /x?_=...", "GET /x?a=1&_=...", "GET mine");
            assertThat(server.lines()).satisfiesExactly(line -> assertThat(line).matches("GET /x\\?_=\\d{13}"),
                line -> assertThat(line).matches("GET /x\\?a=1&_=\\d{13}"), line -> assertThat(line).matches("GET /x\\?_=\\d{13}"));
        }
    }
}
