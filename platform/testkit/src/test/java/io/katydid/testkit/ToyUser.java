package io.katydid.testkit;

import io.katydid.api.ResponseError;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.spi.RequestOutcome;
import io.katydid.api.spi.UserRuntime;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Speaks a toy protocol: one request per line, one answer per connection; a good example of a protocol user, whose subclasses are bad ones. */
abstract class ToyUser extends User implements ProtocolCalls {
    private @Nullable Socket socket;

    @Override public void succeed(String name) throws Exception {
        call("/", name);
    }

    @Override public void fail(String name) throws Exception {
        call("/missing", name);
    }

    @Override public void hang(String name) throws Exception {
        call("/held", name);
    }

    @Task void task() throws Exception {
        play();
    }

    @Override protected void release() throws Exception {
        var open = socket;
        if (open != null) open.close();
    }

    void call(String path, String name) throws Exception {
        UserRuntime runtime = runtimeForClient();
        runtime.checkpoint();
        long start = System.nanoTime();
        Exception problem = null;
        long bytes = 0;
        runtime.exchangeStarted();
        try {
            var answer = exchange(URI.create(runtime.host()), path);
            bytes = answer.length();
            if (!answer.startsWith("HTTP/1.1 200")) problem = new ResponseError(answer.lines().findFirst().orElse("no answer"));
        } catch (IOException failed) {
            if (runtime.stopping() && Thread.interrupted()) {
                runtime.cancelled("TOY", name);
                runtime.checkpoint();
            }
            problem = failed;
        } finally {
            runtime.exchangeEnded();
        }
        record(runtime, new RequestOutcome("TOY", name, path, start, System.nanoTime() - start, bytes, null, problem, Map.of()));
        runtime.checkpoint();
    }

    void record(UserRuntime runtime, RequestOutcome outcome) throws Exception {
        runtime.record(outcome);
    }

    private String exchange(URI host, String path) throws IOException {
        try (var made = new Socket(host.getHost(), host.getPort())) {
            socket = made;
            opened(made);
            made.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(made.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    void opened(Socket made) throws IOException {}
}
