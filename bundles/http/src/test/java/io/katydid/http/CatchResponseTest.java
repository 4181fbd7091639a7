package io.katydid.http;

import static io.katydid.http.HttpUser.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.CatchResponseError;
import io.katydid.api.InterruptTaskSet;
import io.katydid.api.KatydidException;
import io.katydid.api.ResponseError;
import io.katydid.api.Task;
import io.katydid.parity.Parity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lets scripts judge responses, in lambdas and in blocks. */
class CatchResponseTest {
    private WireServer server;

    @BeforeEach void start() throws Exception {
        server = WireServer.plain((seen, wire) -> wire.answer(Integer.parseInt(seen.target().substring(1)), "{\"a\": 1}"));
    }

    @AfterEach void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    @Parity({"UM-100", "AC-89"}) void withoutAVerdictTheStatusDecides(Flavour flavour) throws Exception {
        var trial = Trial.of(flavour, server.url(), _ -> {}, user -> {
            assertThat(user.client.get("/200", _ -> {}).ok()).isTrue();
            assertThat(user.client.get("/404", _ -> {}).ok()).isFalse();
            try (var fine = user.client.catchResponse().get("/201")) {
                assertThat(fine.ok()).isTrue();
            }
            try (var bad = user.client.catchResponse().get("/500")) {
                assertThat(bad.ok()).isFalse();
            }
            user.client.get("/204");
        });
        assertThat(trial.names()).containsExactly("GET /200", "GET /404", "GET /201", "GET /500", "GET /204");
        assertThat(trial.failures()).containsExactly("404 Client Error: Not Found for url: /404",
            "500 Server Error: Internal Server Error for url: /500");
    }

    @Test
    @Parity({"SD-72", "UM-101", "UM-102", "UM-103", "AC-89"}) void theVerdictStandsWhateverTheStatusAndTheLastOneCounts() throws Exception {
        var trial = Trial.http(server.url(), user -> {
            assertThat(user.client.get("/404", ResponseContextManager::success, name("1")).ok()).isTrue();
            assertThat(user.client.get("/200", response -> response.failure("No data"), name("2")).ok()).isFalse();
            user.client.get("/200", response -> response.failure(new IllegalStateException("typed")), name("3"));
            user.client.get("/200", response -> {
                response.failure("first");
                response.success();
            }, name("4"));
            user.client.get("/200", response -> {
                response.success();
                response.failure("last");
            }, name("5"));
            try (var block = user.client.catchResponse().get("/404", name("6"))) {
                block.success();
                assertThat(block.ok()).isTrue();
            }
            try (var block = user.client.catchResponse().get("/200", name("7"))) {
                block.failure("wrong");
                assertThat(block.ok()).isFalse();
            }
        });
        assertThat(trial.events()).extracting(event -> event.name() + " " + Trial.failure(event)).containsExactly("1 ", "2 No data",
            "3 IllegalStateException: typed", "4 ", "5 last", "6 ", "7 wrong");
        assertThat(trial.events().get(1).exception()).get().isInstanceOf(CatchResponseError.class);
        assertThat(trial.environment().stats().total().numFailures()).isEqualTo(4);
    }

    @Test
    @Parity({"UM-101", "AC-89"}) void aTransportErrorMayBeASuccess() throws Exception {
        var trial = Trial.http("http://127.0.0.1:" + Ports.closed(), user -> {
            assertThat(user.client.get("/", ResponseContextManager::success, name("expected")).ok()).isTrue();
            assertThat(user.client.get("/", response -> assertThat(response.statusCode()).isZero(), name("judged")).ok()).isFalse();
            user.client.get("/", response -> {
                if (response.error().isPresent()) response.failure("down");
            }, name("renamed"));
        });
        assertThat(trial.events()).extracting(event -> event.name() + " " + Trial.failure(event)).containsExactly("expected ",
            "judged ConnectException: Connection refused", "renamed down");
    }

    @Test
    @Parity({"SD-73", "UM-104", "AC-89"}) void whatACheckThrowsFailsTheRequestAndTheTaskGoesOn() throws Exception {
        var trial = Trial.http(server.url(), user -> {
            user.client.get("/200", _ -> { throw new IOException("checked"); });
            user.client.get("/200", _ -> { throw new AssertionError("asserted"); });
            user.client.get("/200", _ -> { throw new ResponseError("of the reference"); });
            user.client.get("/200", response -> response.json().at("b").asInt());
            user.client.get("/404", Response::raiseForStatus);
            user.client.get("/200", response -> {
                response.failure("said before");
                throw new IllegalStateException("and thrown");
            });
        });
        assertThat(trial.failures()).hasSize(6).satisfiesExactly(
            text -> assertThat(text).matches("IOException: checked at CatchResponseTest.java:\\d+"),
            text -> assertThat(text).matches("AssertionError: asserted at CatchResponseTest.java:\\d+"),
            text -> assertThat(text).isEqualTo("ResponseError: of the reference"),
            text -> assertThat(text).startsWith("JsonException: \"b\" is missing. The body begins with: {\"a\": 1}"),
            text -> assertThat(text).isEqualTo("404 Client Error: Not Found for url: /404"),
            text -> assertThat(text).isEqualTo("said before"));
    }

    @Test
    @Parity({"UM-106", "AC-89"}) void whatIsThrownAfterASuccessIsTheTasks() throws Exception {
        var trial = Trial.http(server.url(), user -> {
            assertThatThrownBy(() -> user.client.get("/404", response -> {
                response.success();
                throw new IllegalStateException("later");
            })).isInstanceOf(IllegalStateException.class).hasMessage("later");
            assertThatThrownBy(() -> user.client.get("/404", response -> {
                response.success();
                throw new IOException("checked");
            })).hasMessageMatching("IOException: checked at CatchResponseTest.java:\\d+");
        }).clean();
        assertThat(trial.events()).hasSize(2);
    }

    @Test void signalsPassThroughAndTheRequestIsRecordedByItsStatus() throws Exception {
        var trial = Trial.http(server.url(), user -> {
            assertThatThrownBy(() -> user.client.get("/404", _ -> { throw new InterruptTaskSet(); })).isInstanceOf(InterruptTaskSet.class);
            assertThatThrownBy(() -> user.client.get("/200", _ -> { throw new StackOverflowError(); }))
                .isInstanceOf(StackOverflowError.class);
        });
        assertThat(trial.names()).containsExactly("GET /404", "GET /200");
        assertThat(trial.failures()).containsExactly("404 Client Error: Not Found for url: /404");
    }

    @Test
    @Parity("UM-109") void nameTypeTimeAndContextMayBeChanged() throws Exception {
        var trial = Trial.http(server.url(), user -> {
            user.client.get("/404", response -> {
                response.name("other");
                response.requestType("LOGIN");
                response.responseTime(1234.5);
                response.context("trace", 1);
            });
            try (var block = user.client.catchResponse().post("/200")) {
                block.name("block");
                block.requestType("BLOCK");
                block.responseTime(7);
                block.success();
            }
        });
        var lambda = trial.named("other");
        assertThat(lambda.requestType()).isEqualTo("LOGIN");
        assertThat(lambda.responseTimeMs()).isEqualTo(1234.5);
        assertThat(lambda.context()).containsEntry("trace", 1);
        assertThat(Trial.failure(lambda)).isEqualTo("404 Client Error: Not Found for url: other");
        assertThat(trial.named("block").requestType()).isEqualTo("BLOCK");
        assertThat(trial.environment().stats().get("block", "BLOCK").avgResponseTime()).isEqualTo(7);
    }

    @Test
    @Parity("UM-110") void theTimeIsFixedWhenTheCallReturns() throws Exception {
        var trial = Trial.http(server.url(), user -> {
            user.client.get("/200", _ -> Thread.sleep(300), name("lambda")); // sleeps on purpose: the time is what is tested
            try (var block = user.client.catchResponse().get("/200", name("block"))) {
                Thread.sleep(300); // sleeps on purpose: the time is what is tested
                block.success();
            }
        }).clean();
        assertThat(trial.events()).hasSize(2).allSatisfy(event -> assertThat(event.responseTimeMs()).isLessThan(290));
    }

    @Test
    @Parity("UM-111") void aBlockIsRecordedAtItsEndAndOnce() throws Exception {
        var counts = new java.util.ArrayList<Integer>();
        var seen = new AtomicInteger();
        var trial = Trial.http(server.url(), user -> {
            user.environment().events().request().addListener(_ -> seen.incrementAndGet());
            var block = user.client.catchResponse().get("/200");
            block.success();
            counts.add(seen.get());
            block.close();
            counts.add(seen.get());
            block.close();
            counts.add(seen.get());
        }).clean();
        assertThat(counts).isEqualTo(List.of(0, 1, 1));
        trial.only();
    }

    @Test
    @Parity("UM-108") void aVerdictAfterTheEndIsAnError() throws Exception {
        var trial = Trial.http(server.url(), user -> {
            var kept = new ArrayList<ResponseContextManager>();
            user.client.get("/200", kept::add);
            var block = user.client.catchResponse().get("/201");
            block.close();
            kept.add(block);
            for (var late : kept) {
                for (var verdict : List.<Consumer<ResponseContextManager>>of(ResponseContextManager::success,
                    one -> one.failure("too late"), one -> one.failure(new IOException("too late")))) {
                    assertThatThrownBy(() -> verdict.accept(late)).isInstanceOf(KatydidException.class)
                        .hasMessageMatching(
                            "(success\\(\\)|failure\\(…\\)) for http://\\S+/20[01] came after its check or block had ended, and the "
                                + "request is judged\\. Decide inside the lambda, or before the end of the try block\\.");
                }
            }
        }).clean();
        assertThat(trial.names()).containsExactly("GET /200", "GET /201");
    }

    @Test void blocksMayBeNested() throws Exception {
        var trial = Trial.http(server.url(), user -> {
            try (var outer = user.client.catchResponse().get("/200", name("outer"))) {
                try (var inner = user.client.catchResponse().get("/404", name("inner"))) {
                    assertThat(inner.statusCode()).isEqualTo(404);
                }
                outer.failure("outer is wrong");
            }
        });
        assertThat(trial.events()).extracting(event -> event.name() + " " + Trial.failure(event))
            .containsExactlyInAnyOrder("inner 404 Client Error: Not Found for url: inner", "outer outer is wrong");
    }

    @Test
    @Parity({"SD-27", "UM-130"}) void allMethodsHaveBothForms() throws Exception {
        var trial = Trial.http(server.url(), user -> {
            var client = user.client;
            client.get("/200", _ -> {});
            client.post("/200", _ -> {});
            client.put("/200", _ -> {});
            client.patch("/200", _ -> {});
            client.delete("/200", _ -> {});
            client.head("/200", _ -> {});
            client.options("/200", _ -> {});
            client.request("PURGE", "/200", _ -> {});
            var block = client.catchResponse();
            for (var response : List.of(block.get("/200"), block.post("/200"), block.put("/200"), block.patch("/200"), block.delete("/200"),
                block.head("/200"), block.options("/200"), block.request("PURGE", "/200"))) {
                response.success();
                response.close();
            }
        }).clean();
        var once = List.of("GET /200", "POST /200", "PUT /200", "PATCH /200", "DELETE /200", "HEAD /200", "OPTIONS /200", "PURGE /200");
        assertThat(trial.names()).hasSize(16).startsWith(once.toArray(String[]::new)).endsWith(once.toArray(String[]::new));
        assertThat(server.lines()).isEqualTo(trial.names());
    }

    /** Leaves a block by an exception, and then one in the task after a block. */
    static final class Leaving extends HttpUser {
        private int turn;

        @Task void once() throws Exception {
            switch (turn++) {
                case 0 -> {
                    try (var _ = client.catchResponse().get("/200", name("thrown in"))) {
                        throw new IllegalStateException("boom");
                    }
                }
                case 1 -> {
                    try (var block = client.catchResponse().get("/200", name("judged before"))) {
                        block.success();
                        throw new IllegalStateException("boom");
                    }
                }
                case 2 -> {
                    try (var _ = client.catchResponse().get("/200", name("left alone"))) {
                        return;
                    }
                }
                default -> {
                    OneUser.finish(() -> {});
                    sleep(60);
                }
            }
        }
    }

    @Test
    @Parity({"SD-73", "UM-105", "UM-106"}) void aBlockLeftByAnExceptionIsAFailureUnlessItWasJudged() throws Exception {
        var environment = OneUser.run(Leaving.class, server.url(), _ -> {}, _ -> {}, false);
        assertThat(environment.stats().total().numRequests()).isEqualTo(3);
        assertThat(environment.stats().errors()).singleElement().satisfies(error -> {
            assertThat(error.name()).isEqualTo("thrown in");
            assertThat(error.error()).matches("IllegalStateException: boom at CatchResponseTest.java:\\d+");
        });
        assertThat(environment.stats().exceptions()).as("both went on to the task").hasSize(2);
    }
}
