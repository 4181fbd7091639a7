package io.katydid.http;

import static io.katydid.http.HttpUser.name;
import static io.katydid.http.HttpUser.param;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Looks under which names requests are recorded. */
class NamesTest {
    private WireServer server;

    @BeforeEach void start() throws Exception {
        server = WireServer.answering("ok");
    }

    @AfterEach void stop() throws Exception {
        server.close();
    }

    @Test
    @Parity({"SD-29", "UM-84", "UM-87"}) void anHttpUserNamesByPathAndQueryOfTheFirstAddress() throws Exception {
        var trial = Trial.http(server.url() + "/base/", user -> {
            user.client.get("item");
            user.client.get("/item?b=2&a=1", param("c", 3));
            user.client.get(server.url());
            user.client.get(server.url() + "/abs?x=1#part");
            user.client.get("/a b/ü");
            user.client.get("");
        }).clean();
        assertThat(trial.names()).containsExactly("GET /base/item", "GET /base/item?b=2&a=1&c=3", "GET /", "GET /abs?x=1",
            "GET /base/a%20b/%C3%BC", "GET /base/");
        assertThat(server.lines()).isEqualTo(trial.names());
        assertThat(trial.events().getFirst().url()).isEqualTo(server.url() + "/base/item");
    }

    @Test
    @Parity("UM-133") void aFastUserNamesByTheAddressAsGiven() throws Exception {
        var trial = Trial.fast(server.url(), user -> {
            user.client.get("item");
            user.client.get("/item?b=2", param("c", 3));
            user.client.get(server.url() + "/abs?x=1#part");
            user.client.get("/a b/ü");
        }).clean();
        assertThat(trial.names()).containsExactly("GET item", "GET /item?b=2", "GET " + server.url() + "/abs?x=1#part", "GET /a b/ü");
        assertThat(server.lines()).containsExactly("GET /item", "GET /item?b=2&c=3", "GET /abs?x=1", "GET /a%20b/%C3%BC");
        assertThat(trial.events()).extracting(event -> event.url()).contains(server.url() + "/item?b=2&c=3");
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    @Parity({"SD-28", "UM-87", "UM-88", "UM-132"}) void theWordWinsOverTheBlockAndBothOverTheAddress(Flavour flavour) throws Exception {
        var trial = Trial.of(flavour, server.url(), _ -> {}, user -> {
            user.client.get("/1", name("one"));
            try (var _ = user.client.renameRequest("outer")) {
                user.client.get("/2");
                user.client.post("/3", name("three"));
                try (var _ = user.client.renameRequest("inner")) {
                    user.client.get("/4");
                }
                user.client.get("/5");
            }
            user.client.get("/6");
        }).clean();
        assertThat(trial.names()).containsExactly("GET one", "GET outer", "POST three", "GET inner", "GET outer", "GET /6");
        assertThat(server.lines()).containsExactly("GET /1", "GET /2", "POST /3", "GET /4", "GET /5", "GET /6");
        assertThat(trial.environment().stats().get("outer", "GET").numRequests()).isEqualTo(2);
    }

    @Test void aBlockEndsWithAnExceptionToo() throws Exception {
        var trial = Trial.http(server.url(), user -> {
            try (var _ = user.client.renameRequest("block")) {
                user.client.get("/1");
                throw new IllegalStateException("left");
            } catch (IllegalStateException left) {
                user.client.get("/2");
            }
        }).clean();
        assertThat(trial.names()).containsExactly("GET block", "GET /2");
    }

    @Test
    @Parity("ST-1") void equalNamesOfDifferentMethodsAreTwoRows() throws Exception {
        var trial = Trial.http(server.url(), user -> {
            user.client.get("/x", name("n"));
            user.client.put("/y", name("n"));
            user.client.get("/z", name("n"));
        }).clean();
        assertThat(trial.environment().stats().get("n", "GET").numRequests()).isEqualTo(2);
        assertThat(trial.environment().stats().get("n", "PUT").numRequests()).isEqualTo(1);
    }

    @Test void aSecondSessionHasItsOwnBaseAndTheSameRow() throws Exception {
        try (var other = WireServer.answering("other")) {
            var trial = Trial.http(server.url(), user -> {
                var second = user.client.to(other.url() + "/v2");
                assertThat(second.baseUrl()).isEqualTo(other.url() + "/v2");
                second.get("/x", name("both"));
                user.client.get("/x", name("both"));
            }).clean();
            assertThat(other.lines()).containsExactly("GET /v2/x");
            assertThat(server.lines()).containsExactly("GET /x");
            assertThat(trial.environment().stats().get("both", "GET").numRequests()).isEqualTo(2);
        }
    }
}
