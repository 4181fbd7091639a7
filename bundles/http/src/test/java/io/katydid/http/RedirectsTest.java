package io.katydid.http;

import static io.katydid.http.HttpUser.allowRedirects;
import static io.katydid.http.HttpUser.body;
import static io.katydid.http.HttpUser.header;
import static io.katydid.http.HttpUser.json;
import static io.katydid.http.HttpUser.name;
import static io.katydid.http.HttpUser.param;
import static io.katydid.http.HttpUser.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Follows redirects, and counts each chain once. */
class RedirectsTest {

    /** Redirects from {@code /code/302} to {@code /end}, and from {@code /chain/3} over 2 and 1 to the end. */
    private static WireServer server() throws Exception {
        return WireServer.plain((seen, wire) -> {
            var path = seen.target().replaceFirst("\\?.*", "");
            if (path.startsWith("/code/")) wire.answer(Integer.parseInt(path.substring(6)), "moved", "Location: /end");
            else if (path.startsWith("/chain/")) {
                int left = Integer.parseInt(path.substring(7));
                wire.answer(302, "", "Location: " + (left == 1 ? "/end" : "/chain/" + (left - 1)), "X-Left: " + left);
            } else wire.answer(200, "the end");
        });
    }

    @ParameterizedTest
    @CsvSource({"GET,301,GET", "GET,302,GET", "GET,303,GET", "GET,307,GET", "GET,308,GET", "POST,301,GET", "POST,302,GET", "POST,303,GET",
        "POST,307,POST", "POST,308,POST", "PUT,301,PUT", "PUT,302,GET", "PUT,303,GET", "PUT,307,PUT", "PATCH,308,PATCH",
        "DELETE,301,DELETE",
        "DELETE,302,GET", "OPTIONS,307,OPTIONS"})
    @Parity({"SD-70", "UM-86", "UM-93", "UM-135"}) void theMethodAndBodyGoOnAsRequestsDecides(String method, int status, String then)
        throws Exception {
        try (var server = server()) {
            boolean sends = method.startsWith("P");
            var trial = Trial.http(server.url(), user -> {
                var response = sends ? user.client.request(method, "/code/" + status, json(7), header("X-Mine", "1"))
                    : user.client.request(method, "/code/" + status, header("X-Mine", "1"));
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.text()).isEqualTo("the end");
                assertThat(response.url()).isEqualTo(server.url() + "/end");
                assertThat(response.history()).singleElement().satisfies(first -> {
                    assertThat(first.statusCode()).isEqualTo(status);
                    assertThat(first.url()).isEqualTo(server.url() + "/code/" + status);
                    assertThat(first.text()).isEqualTo("moved");
                });
            }).clean();
            assertThat(server.lines()).containsExactly(method + " /code/" + status, then + " /end");
            boolean kept = sends && then.equals(method);
            assertThat(server.last().text()).isEqualTo(kept ? "7" : "");
            assertThat(server.last().all("Content-Type")).isEqualTo(kept ? List.of("application/json") : List.of());
            assertThat(server.last().all("X-Mine")).containsExactly("1");
            assertThat(trial.only().requestType()).isEqualTo(method);
            assertThat(trial.only().name()).isEqualTo("/code/" + status);
            assertThat(trial.only().url()).isEqualTo(server.url() + "/code/" + status);
            assertThat(trial.only().responseLength()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @EnumSource(Flavour.class) void otherCodesAreAnswers(Flavour flavour) throws Exception {
        try (var server = server()) {
            Trial.of(flavour, server.url(), _ -> {}, user -> {
                for (int status : List.of(300, 304, 305, 201))
                    assertThat(user.client.get("/code/" + status).statusCode()).isEqualTo(status);
            });
            assertThat(server.lines()).hasSize(4).noneMatch(line -> line.endsWith("/end"));
        }
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    @Parity({"UM-122", "UM-135", "AC-91"}) void thirtyAreFollowedAndThirtyOneAreTooMany(Flavour flavour) throws Exception {
        try (var server = server()) {
            var trial = Trial.of(flavour, server.url(), _ -> {}, user -> {
                assertThat(user.client.get("/chain/30", name("thirty")).history()).hasSize(30)
                    .extracting(each -> each.headers().get("X-Left").orElse(""))
                    .isEqualTo(IntStream.range(0, 30).mapToObj(i -> "" + (30 - i)).toList());
                var many = user.client.get("/chain/31", name("many"));
                assertThat(many.statusCode()).isZero();
                assertThat(many.ok()).isFalse();
            });
            assertThat(Trial.failure(trial.named("thirty"))).isEmpty();
            assertThat(Trial.failure(trial.named("many"))).isEqualTo("TooManyRedirects: Exceeded 30 redirects.");
            assertThat(server.seen).hasSize(31 + 31);
        }
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    @Parity("AC-91") void theOptionSetsHowMany(Flavour flavour) throws Exception {
        try (var server = server()) {
            var trial = Trial.of(flavour, server.url(), http -> http.maxRedirects(2), user -> {
                user.client.get("/chain/2", name("two"));
                user.client.get("/chain/3", name("three"));
            });
            assertThat(trial.failures()).containsExactly("TooManyRedirects: Exceeded 2 redirects.");
            assertThat(server.connections()).isOne();
        }
    }

    @Test
    @Parity({"SD-29", "UM-86"}) void followingCanBeAskedForAndRefused() throws Exception {
        try (var server = server()) {
            var trial = Trial.http(server.url(), user -> {
                var refused = user.client.get("/chain/1", allowRedirects(false));
                assertThat(refused.statusCode()).isEqualTo(302);
                assertThat(refused.ok()).isTrue();
                assertThat(refused.history()).isEmpty();
                assertThat(user.client.head("/chain/1").statusCode()).isEqualTo(302);
                assertThat(user.client.head("/chain/1", allowRedirects(true)).statusCode()).isEqualTo(200);
            }).clean();
            assertThat(server.lines()).containsExactly("GET /chain/1", "HEAD /chain/1", "HEAD /chain/1", "HEAD /end");
            assertThat(trial.names()).containsExactly("GET /chain/1", "HEAD /chain/1", "HEAD /chain/1");
        }
    }

    @Test
    @Parity("SD-31") void aFastUserFollowsAlwaysUnlessToldAndCatchesOnlyWhatItAsksFor() throws Exception {
        try (var server = server()) {
            var trial = Trial.fast(server.url(), user -> {
                assertThat(user.client.get("/chain/1")).isNotInstanceOf(ResponseContextManager.class)
                    .satisfies(response -> assertThat(response.text()).isEqualTo("the end"));
                assertThat(user.client.head("/chain/1").statusCode()).isEqualTo(200);
                assertThat(user.client.get("/chain/1", allowRedirects(false)).statusCode()).isEqualTo(302);
                try (var caught = user.client.catchResponse().get("/chain/1")) {
                    caught.failure("caught at " + caught.text());
                }
            });
            assertThat(server.lines()).containsExactly("GET /chain/1", "GET /end", "HEAD /chain/1", "HEAD /end", "GET /chain/1",
                "GET /chain/1", "GET /end");
            assertThat(trial.failures()).containsExactly("caught at the end");
        }
    }

    @ParameterizedTest
    @CsvSource({"/a/b?x=1#f,next,/a/next", "/a/b,../up,/up", "/a/b,?q=2,/a/b?q=2", "/a/b,/caf\u00e9 1,/caf%C3%A9%201",
        "/a/b,/x?u=http://y/,/x?u=http://y/",
        "/a/b,HTTP://HERE/abs,/abs", "/a/b,//HERE/scheme,/scheme"}) void targetsAreResolvedAsInABrowser(String from, String location,
            String then) throws Exception {
        try (var server = WireServer.plain((seen, wire) -> {
            if (seen.target().equals(then)) wire.answer(200, "there");
            else wire.answer(302, "", "Location: " + location.replace("HERE", seen.header("Host").orElse("")));
        })) {
            Trial.http(server.url(), user -> assertThat(user.client.get(from).text()).isEqualTo("there")).clean();
            assertThat(server.last().target()).isEqualTo(then);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ftp://host/file|Invalid URL \"ftp://host/file\" in a redirect from HERE/: only http and https can be followed.",
        "http://|Invalid URL \"http://\": no host supplied. Write http://host/path.",
        "http://h:99999/|Invalid URL \"http://h:99999/\": \"99999\" is not a port. Use 1 to 65535."}) void aTargetThatIsNoAddressFailsTheRequestAndNotTheTask(
            String location, String text) throws Exception {
        try (var server = WireServer.plain((_, wire) -> wire.answer(302, "", "Location: " + location))) {
            var trial = Trial.http(server.url(), user -> assertThat(user.client.get("/").statusCode()).isZero());
            assertThat(trial.failures()).containsExactly("HttpProtocolException: " + text.replace("HERE", server.url()));
            trial.only();
        }
    }

    @Test void aRedirectWithoutATargetIsTheAnswer() throws Exception {
        try (var server = WireServer.plain((_, wire) -> wire.answer(302, "nowhere"))) {
            Trial.http(server.url(), user -> assertThat(user.client.get("/").text()).isEqualTo("nowhere")).clean();
        }
    }

    @Test void aBodyThatWasAStreamCannotBeSentAgain() throws Exception {
        try (var server = server()) {
            var trial = Trial.http(server.url(), user -> {
                user.client.post("/code/302", body("text/plain", new ByteArrayInputStream("once".getBytes())), name("dropped"));
                user.client.post("/code/307", body("text/plain", new ByteArrayInputStream("once".getBytes())), name("again"));
            });
            assertThat(server.lines()).containsExactly("POST /code/302", "GET /end", "POST /code/307");
            assertThat(trial.failures()).containsExactly("IOException: The redirect to " + server.url()
                + "/end wants the body again, but it was a stream and has been sent. Give its bytes.");
        }
    }

    @Test void parametersAreOfTheFirstAddressOnly() throws Exception {
        try (var server = server()) {
            Trial.http(server.url(), user -> user.client.get("/chain/2", param("q", 1), name("x"))).clean();
            assertThat(server.lines()).containsExactly("GET /chain/2?q=1", "GET /chain/1", "GET /end");
        }
    }

    @Test
    @Parity({"UM-89", "AC-88"}) void aChainOverSeveralServersIsOneRequestWhoseTimeHoldsAllOfThem() throws Exception {
        try (var slow = WireServer.plain((_, wire) -> {
            Thread.sleep(150); // sleeps on purpose: the time is what is tested
            wire.answer(200, "slow");
        }); var first = WireServer.plain((_, wire) -> {
            Thread.sleep(150); // sleeps on purpose: the time is what is tested
            wire.answer(302, "", "Location: " + slow.url() + "/x");
        })) {
            var trial = Trial.http(first.url(), user -> assertThat(user.client.get("/").text()).isEqualTo("slow")).clean();
            assertThat(trial.only().responseTimeMs()).isBetween(290.0, 10_000.0);
        }
    }

    @Test void aStreamFollowsToo() throws Exception {
        try (var server = server()) {
            Trial.http(server.url(), user -> {
                try (var response = user.client.get("/chain/2", stream())) {
                    assertThat(response.text()).isEqualTo("the end");
                    assertThat(response.history()).hasSize(2);
                }
            }).clean();
        }
    }
}
