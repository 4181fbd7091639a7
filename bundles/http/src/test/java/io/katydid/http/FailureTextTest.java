package io.katydid.http;

import static io.katydid.http.HttpUser.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Shows what a failure's text says about an exception in a check: its class, its message, and the line of the script. */
class FailureTextTest {

    private static void helper(Response response) {
        response.json().at("items[0].id").asInt();
    }

    @Test void anExceptionInACheckSaysWhereTheScriptWas() throws Exception {
        try (var server = new ScriptedServer(talk -> {
            for (var head = talk.head(); !head.isEmpty(); head = talk.head()) talk.ok("{\"id\": \"x\"}");
        })) {
            var environment = OneUser.plain(server.url(), user -> {
                user.client.get("/", response -> response.json().at("id").asInt(), name("json"));
                user.client.get("/", FailureTextTest::helper, name("helper"));
                user.client.get("/", response -> response.json().at("id["), name("path"));
                user.client.get("/", response -> List.of(1).get(Integer.parseInt("5")), name("jdk"));
                user.client.get("/", response -> assertThat(response.statusCode()).isEqualTo(500), name("assertj"));
                user.rest("GET", "/", response -> response.json().at("none").asInt(), name("rest"));
                try (var response = user.client.catchResponse().get("/", name("block"))) {
                    response.json().at("none").asInt();
                } catch (JsonException seen) {
                    assertThat(seen.getStackTrace()).isNotEmpty();
                }
            });
            var texts = new TreeMap<String, String>();
            environment.stats().errors().forEach(error -> texts.put(error.name(), error.error()));
            assertThat(texts.keySet()).containsExactly("assertj", "helper", "jdk", "json", "path", "rest");
            assertThat(texts.get("json")).matches(
                "JsonException: \"id\" is \"x\", not a whole number\\. The body begins with: \\{\"id\": \"x\"} at FailureTextTest\\.java:2\\d");
            assertThat(texts.get("helper")).matches("JsonException: .* is missing\\..* at FailureTextTest\\.java:1\\d");
            Map.of("path", "JsonException: The path", "jdk", "(ArrayI|I)ndexOutOfBoundsException: ", "assertj", "AssertionFailedError: ",
                "rest",
                "JsonException: \"none\" is missing").forEach(
                    (name, start) -> assertThat(texts.get(name)).as(name)
                        .matches("(?s)" + start + ".* at FailureTextTest\\.java:\\d\\d"));
        }
    }
}
