package io.katydid.carrier;

import java.lang.invoke.MethodHandles;
import java.nio.channels.Selector;
import java.util.OptionalInt;

/** Offers what is used of the insides of the JDK's selectors. What cannot be had is left out. Public only for {@code io.katydid.carrier.netty}. */
public final class JdkSelectors {

    private JdkSelectors() {}

    /**
     * Gives the descriptor of the epoll instance below a selector, which can be waited for with other limits than whole milliseconds. Empty on a system without
     * epoll, with another provider, and without {@code --add-opens=java.base/sun.nio.ch=ALL-UNNAMED}.
     */
    public static OptionalInt epoll(Selector selector) {
        var type = selector.getClass();
        if (!type.getName().equals("sun.nio.ch.EPollSelectorImpl")) return OptionalInt.empty();
        try {
            var field = MethodHandles.privateLookupIn(type, MethodHandles.lookup()).findVarHandle(type, "epfd", int.class);
            return OptionalInt.of((int) field.get(selector));
        } catch (ReflectiveOperationException | RuntimeException closed) {
            Carriers.LOG.debug("Loops wait for whole milliseconds: {}", closed.toString());
            return OptionalInt.empty();
        }
    }
}
