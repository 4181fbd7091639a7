package io.katydid.testkit;

/**
 * Is a real server of some protocol, on loopback, that tells what it sees. {@link TargetServer} is one for HTTP; for your own protocol write one over a
 * socket.
 */
public interface Peer extends AutoCloseable {

    /** Gives the address as users get it from {@code environment.host()}, such as {@code http://127.0.0.1:40001}. */
    String address();

    /** Gives the connections that are open now; for a protocol without connections, 0. */
    int openConnections();

    /** Gives the requests that have arrived and were not answered yet. */
    int unanswered();

    /** Answers, well, all requests that hang now. */
    void release();

    /** Stops listening and closes all connections. */
    @Override void close();
}
