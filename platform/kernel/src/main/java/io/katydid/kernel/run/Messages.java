package io.katydid.kernel.run;

import io.katydid.api.Environment;
import io.katydid.api.KatydidException;
import io.katydid.api.Message;
import io.katydid.api.MessageHandler;
import io.katydid.api.Registration;
import io.katydid.kernel.event.Owner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings custom messages to their handlers; in a single process what is sent arrives here. */
final class Messages implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private final Map<String, Handler<?>> handlers = new ConcurrentHashMap<>();
    private final ExecutorService inOrder = Executors
        .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("katydid-messages").factory());
    private final ExecutorService concurrent = Executors
        .newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("katydid-message-", 0).factory());
    private final Environment environment;

    private record Handler<T>(Class<T> payload, MessageHandler<T> handler, boolean concurrent) {

        void call(Environment environment, String type, Object data) throws Exception {
            if (!payload.isInstance(data)) {
                throw new KatydidException(
                    "The message '" + type + "' carries a " + data.getClass().getSimpleName() + ", but its handler takes a "
                        + payload.getSimpleName() + ". Register the handler with the type that is sent.");
            }
            handler.on(environment, new Message<>(type, payload.cast(data), "local"));
        }
    }

    Messages(Environment environment) {
        this.environment = environment;
    }

    <T> Registration register(String type, Class<T> payload, MessageHandler<T> handler, boolean onOwnThread) {
        var made = new Handler<>(payload, handler, onOwnThread);
        handlers.put(type, made);
        return Owner.own(() -> handlers.remove(type, made));
    }

    void send(String type, Object data) {
        var handler = handlers.get(type);
        if (handler == null) {
            LOG.warn("Nobody takes the message '{}'. Register a handler with registerMessage before it is sent.", type);
            return;
        }
        (handler.concurrent() ? concurrent : inOrder).execute(() -> {
            try {
                handler.call(environment, type, data);
            } catch (Exception | LinkageError | AssertionError problem) {
                LOG.error("The handler of the message '{}' failed: {}", type, problem.toString(), problem);
            }
        });
    }

    @Override public void close() {
        inOrder.shutdownNow();
        concurrent.shutdownNow();
    }
}
