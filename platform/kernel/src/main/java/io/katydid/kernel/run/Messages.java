package io.katydid.kernel.run;

import io.katydid.api.Environment;
import io.katydid.api.KatydidException;
import io.katydid.api.Message;
import io.katydid.api.MessageHandler;
import io.katydid.api.Registration;
import io.katydid.kernel.event.Owner;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings custom messages to their handlers. */
public final class Messages implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private final Map<String, Handler<?>> handlers = new ConcurrentHashMap<>();
    private final ExecutorService inOrder = Executors
        .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("katydid-messages").factory());
    private final ExecutorService concurrent = Executors
        .newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("katydid-message-", 0).factory());
    private final Environment environment;
    private final Payloads payloads;

    /** Makes the data of a message what its handler takes. */
    public interface Payloads {

        /** Gives the data as this type; an error in words when it cannot be that. */
        <T> T as(@Nullable Object data, Class<T> type);
    }

    /** Is a message that has come. */
    private record Received(String type, @Nullable Object data, String from) {}

    private record Handler<T>(Class<T> payload, MessageHandler<T> handler, boolean concurrent, Optional<Owner> owner) {

        void call(Environment environment, Payloads payloads, Received message) throws Exception {
            T data;
            try {
                data = payloads.as(message.data, payload);
            } catch (KatydidException unfit) {
                throw new KatydidException("The message '" + message.type + "' from " + message.from + " does not fit its handler: "
                    + unfit.getMessage() + " Register the handler with the type that is sent.");
            }
            handler.on(environment, new Message<>(message.type, data, message.from));
        }
    }

    Messages(Environment environment, Payloads payloads) {
        this.environment = environment;
        this.payloads = payloads;
    }

    /** Takes what is sent in one process as it is. */
    static <T> T asIs(@Nullable Object data, Class<T> type) {
        if (type.isInstance(data)) return type.cast(data);
        throw new KatydidException(
            "It carries a " + (data == null ? "null" : data.getClass().getSimpleName()) + ", but the handler takes a "
                + type.getSimpleName() + ".");
    }

    <T> Registration register(String type, Class<T> payload, MessageHandler<T> handler, boolean onOwnThread) {
        var made = new Handler<>(payload, handler, onOwnThread, Owner.current());
        handlers.merge(type, made, (old, next) -> {
            // An updated script or bundle registers before its older revision is gone.
            if (old.owner.equals(next.owner)) {
                throw new KatydidException("The message '" + type
                    + "' has a handler already. Register it once, or close the first registration before.");
            }
            return next;
        });
        return Owner.own(() -> handlers.remove(type, made));
    }

    /** Brings a message to its handler on a thread of the messages; gives false when there is none. */
    public boolean receive(String type, @Nullable Object data, String from) {
        return handle(type, data, from, inOrder);
    }

    /** Brings a message to its handler before it returns, unless that one is concurrent; gives false when there is none. */
    public boolean handle(String type, @Nullable Object data, String from) {
        return handle(type, data, from, Runnable::run);
    }

    private boolean handle(String type, @Nullable Object data, String from, Executor one) {
        var handler = handlers.get(type);
        if (handler == null) return false;
        (handler.concurrent ? concurrent : one).execute(() -> {
            try {
                handler.call(environment, payloads, new Received(type, data, from));
            } catch (Exception | LinkageError | AssertionError problem) {
                LOG.error("The handler of the message '{}' failed: {}", type, problem.toString(), problem);
            }
        });
        return true;
    }

    @Override public void close() {
        inOrder.shutdownNow();
        concurrent.shutdownNow();
    }
}
