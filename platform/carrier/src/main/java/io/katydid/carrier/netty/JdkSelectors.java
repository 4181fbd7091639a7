package io.katydid.carrier.netty;

import java.lang.invoke.MethodHandles;
import java.nio.channels.Selector;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers what is used of the insides of the JDK's selectors. What cannot be had is left out. */
final class JdkSelectors {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.carrier");

    private JdkSelectors() {}

    /**
     * Gives the descriptor of the epoll instance below a selector, which can be waited for with other limits than whole milliseconds. Empty on a system without
     * epoll, with another provider, and without {@code --add-opens=java.base/sun.nio.ch=ALL-UNNAMED}.
     */
    static OptionalInt epoll(Selector selector) {
        var type = selector.getClass();
        if (!type.getName().equals("sun.nio.ch.EPollSelectorImpl")) return OptionalInt.empty();
        try {
            var field = MethodHandles.privateLookupIn(type, MethodHandles.lookup()).findVarHandle(type, "epfd", int.class);
            return OptionalInt.of((int) field.get(selector));
        } catch (ReflectiveOperationException | RuntimeException closed) {
            LOG.debug("Loops wait for whole milliseconds: {}", closed.toString());
            return OptionalInt.empty();
        }
    }
}
