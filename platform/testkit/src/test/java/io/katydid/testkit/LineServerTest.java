package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asks the server over a plain socket. */
class LineServerTest {
    private final LineServer server = LineServer.open().answer("get a", "VALUE 1").hold("get late", "VALUE 2");

    @AfterEach void close() {
        server.close();
    }

    private record Client(Socket socket, BufferedReader answers) implements AutoCloseable {
        static Client of(String address) throws IOException {
            var socket = new Socket("127.0.0.1", URI.create(address).getPort());
            return new Client(socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
        }

        void send(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        @Override public void close() throws IOException {
            socket.close();
        }
    }

    @Test void itAnswersAsItIsToldAndCounts() throws IOException {
        try (var client = Client.of(server.address())) {
            client.send("get a");
            client.send("anything");
            client.send("get a");
            assertThat(client.answers().readLine()).isEqualTo("VALUE 1");
            assertThat(client.answers().readLine()).isEqualTo("OK");
            assertThat(client.answers().readLine()).isEqualTo("VALUE 1");
            assertThat(server.requests()).isEqualTo(3);
            assertThat(server.requests("get a")).isEqualTo(2);
            assertThat(server.openConnections()).isEqualTo(1);
        }
        Await.until("the connection is gone", () -> server.openConnections() == 0);
    }

    @Test void itHoldsAnAnswerAndAllAfterItUntilItIsReleased() throws IOException {
        try (var client = Client.of(server.address())) {
            client.send("get late");
            client.send("get a");
            Await.until("both have come", () -> server.unanswered() == 2);
            assertThat(client.answers().ready()).isFalse();
            server.release();
            assertThat(client.answers().readLine()).isEqualTo("VALUE 2");
            assertThat(client.answers().readLine()).isEqualTo("VALUE 1");
            assertThat(server.unanswered()).isZero();
        }
    }

    @Test void itNoticesThatAWaitingClientIsGone() throws IOException {
        try (var client = Client.of(server.address())) {
            client.send("get late");
            Await.until("it has come", () -> server.unanswered() == 1);
        }
        Await.until("nobody waits and no connection is open", () -> server.unanswered() == 0 && server.openConnections() == 0);
    }

    @Test void closingItClosesAllConnections() throws IOException {
        try (var client = Client.of(server.address())) {
            client.send("get a");
            assertThat(client.answers().readLine()).isEqualTo("VALUE 1");
            server.close();
            assertThat(client.answers().readLine()).isNull();
            Await.until("no connection is open", Duration.ofSeconds(5), () -> server.openConnections() == 0);
        }
    }
}
