package io.katydid.otel;

import static io.katydid.otel.Collector.attributes;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Host;
import io.katydid.api.Task;
import io.katydid.http.FastHttpUser;
import io.katydid.http.HttpUser;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.parity.Parity;
import io.katydid.testkit.Answer;
import io.katydid.testkit.TargetServer;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Lets HTTP users ask a real server: there is one span for each request the server counted. */
class HttpSpansTest {
    private static final String PATHS = "katydid.test.target";

    @Host("http://127.0.0.1")
    static final class Asker extends HttpUser {
        private static final String URL = System.getProperty(PATHS, "http://127.0.0.1");

        @Task void ask() {
            client.get(URL + "/look?q=1");
            client.get(URL + "/item/17", name("/item/[id]"));
            client.get(URL + "/missing");
            client.post(URL.replace("//", "//ann:secret@") + "/order", body("x"));
            client.get(URL + "/cut");
            stop();
        }
    }

    static final class Fast extends FastHttpUser {
        @Override protected java.util.Optional<String> host() { return java.util.Optional.of(System.getProperty(PATHS)); }

        @Task void ask() {
            client.get("/look?q=1");
            client.get("/item/17", name("/item/[id]"));
            stop();
        }
    }

    @Test void placeholder() {}
}
