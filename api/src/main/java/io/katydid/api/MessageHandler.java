package io.katydid.api;

/**
 * Takes a custom message that a master, a worker or this process itself sent.
 */
@FunctionalInterface
public interface MessageHandler<T> {

    /**
     * Takes one message. Handlers run one after the other unless registered as
     * concurrent.
     */
    void on(Environment environment, Message<T> message) throws Exception;
}
