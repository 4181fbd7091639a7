package io.katydid.carrier.netty;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.OptionalInt;

/** Opens the JDK's selectors and channels, and remembers the descriptor of the selector in use: Netty opens another one when the first misbehaves. */
final class EpollSelectors extends SelectorProvider {
    private final SelectorProvider jdk = SelectorProvider.provider();
    private OptionalInt descriptor = OptionalInt.empty();

    /** Gives the descriptor of the epoll instance below the selector in use; empty where that cannot be told. */
    OptionalInt descriptor() {
        return descriptor;
    }

    @Override public AbstractSelector openSelector() throws IOException {
        var selector = jdk.openSelector();
        descriptor = JdkSelectors.epoll(selector);
        return selector;
    }

    @Override public DatagramChannel openDatagramChannel() throws IOException { return jdk.openDatagramChannel(); }

    @Override public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
        return jdk.openDatagramChannel(family);
    }

    @Override public Pipe openPipe() throws IOException { return jdk.openPipe(); }

    @Override public ServerSocketChannel openServerSocketChannel() throws IOException { return jdk.openServerSocketChannel(); }

    @Override public SocketChannel openSocketChannel() throws IOException { return jdk.openSocketChannel(); }
}
