package io.katydid.http;

import io.katydid.api.spi.UserRuntime;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes streams that a script has left open, and says so once per task and request. One per environment; any thread. */
final class LeftOpen {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.http");
    private static final int MANY = 1_000;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /** Sees to it that a stream ends with its task. */
    static void watch(StreamedBody body, String method, String name, UserRuntime runtime) {
        var watch = runtime.afterTask(task -> {
            body.close();
            // A script that is stopped in the middle of its task cannot close anything.
            if (!runtime.stopping())
                runtime.environment().shared("http.left-open", LeftOpen.class, LeftOpen::new).say(method + " " + name, task);
        });
        body.onEnd(watch::close);
    }

    private void say(String request, String task) {
        if (said.size() < MANY && said.add(task + " " + request))
            LOG.warn("The stream() response of {} was still open when {} ended, so it was closed and its connection with it. "
                + "Close it in the task: try (var response = client.get(\u2026, stream())) { \u2026 }", request, task);
    }
}
