package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asks the server with the JDK's client. */
class TargetServerTest {
    private final TargetServer server = TargetServer.open();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach void close() {
        client.close();
        server.close();
    }

    private HttpRequest.Builder to(String path) { return HttpRequest.newBuilder(URI.create(server.url() + path)); }

    private HttpResponse<String> get(String path) throws Exception { return client.send(to(path).build(), BodyHandlers.ofString()); }

    @Test void itAnswersOkToEverythingAndCountsByPathAndConnection() throws Exception {
        assertThat(get("/a?x=1&y=2").body()).isEqualTo("ok");
        assertThat(get("/a").statusCode()).isEqualTo(200);
        assertThat(get("/b").statusCode()).isEqualTo(200);
        assertThat(server.requests()).isEqualTo(3);
        assertThat(server.requests("/a")).isEqualTo(2);
        assertThat(server.seen().getFirst().query()).isEqualTo("x=1&y=2");
        assertThat(server.seen().getFirst()).hasToString("GET /a?x=1&y=2");
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.openConnections()).isEqualTo(1);
        assertThat(server.seen()).extracting(SeenRequest::connection).containsOnly(1);
    }

    @Test void itKeepsBodiesOfKnownAndOfUnknownLength() throws Exception {
        client.send(to("/known").header("X-Team", "blue").POST(BodyPublishers.ofString("grün")).build(), BodyHandlers.discarding());
        client.send(to("/chunks").PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream("0123456789".repeat(5000).getBytes(
            StandardCharsets.UTF_8)))).build(), BodyHandlers.discarding());
        assertThat(server.seen().get(0).text()).isEqualTo("grün");
        assertThat(server.seen().get(0).header("x-team")).contains("blue");
        assertThat(server.seen().get(1).header("Transfer-Encoding")).contains("chunked");
        assertThat(server.seen().get(1).body()).hasSize(50_000);
    }

    @Test void itAnswersAsItIsTold() throws Exception {
        server.answer("/teapot", Answer.json("{}").withStatus(418).header("X-Tea", "green")).answer("/empty", Answer.status(204))
            .answer("/echo", seen -> Answer.text(seen.method())).otherwise(Answer.status(404));
        assertThat(get("/teapot").statusCode()).isEqualTo(418);
        assertThat(get("/teapot").headers().firstValue("X-Tea")).contains("green");
        assertThat(get("/empty").statusCode()).isEqualTo(204);
        assertThat(get("/echo").body()).isEqualTo("GET");
        assertThat(get("/else").statusCode()).isEqualTo(404);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test void itAnswersLate() throws Exception {
        server.answer("/late", Answer.text("at last").after(Duration.ofMillis(120)));
        long begin = System.nanoTime();
        assertThat(get("/late").body()).isEqualTo("at last");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
    }

    @Test void itHoldsAnAnswerUntilItIsReleased() throws Exception {
        server.answer("/held", Answer.text("freed").held());
        var answer = client.sendAsync(to("/held").build(), BodyHandlers.ofString());
        Await.until("the request has arrived", () -> server.unanswered() == 1);
        assertThat(answer.isDone()).isFalse();
        server.release();
        assertThat(answer.get().body()).isEqualTo("freed");
        Await.until("it is answered", () -> server.unanswered() == 0);
    }

    @Test void itNoticesThatAWaitingClientIsGone() {
        server.answer("/held", Answer.text("never").held());
        var answer = client.sendAsync(to("/held").build(), BodyHandlers.ofString());
        Await.until("the request has arrived", () -> server.unanswered() == 1);
        client.shutdownNow();
        Await.until("nobody waits and no connection is open", () -> server.unanswered() == 0 && server.openConnections() == 0);
        assertThat(answer).isNotNull();
    }

    @Test void itClosesInTheMiddleOfABody() {
        server.answer("/cut", Answer.text("a long text").cutAfter(3));
        assertThatThrownBy(() -> get("/cut")).isInstanceOf(IOException.class);
        Await.until("the connection is closed", () -> server.openConnections() == 0);
    }

    @Test void itClosesAfterAnAnswerWhenItIsTold() throws Exception {
        server.answer("/bye", Answer.text("bye").thenClose());
        assertThat(get("/bye").headers().firstValue("Connection")).contains("close");
        assertThat(get("/bye").body()).isEqualTo("bye");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test void closingItClosesAllConnections() throws Exception {
        get("/");
        server.close();
        Await.until("no connection is open", () -> server.openConnections() == 0);
        assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
    }
}
