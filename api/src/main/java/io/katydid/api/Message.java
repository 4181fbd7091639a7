package io.katydid.api;

/**
 * Is a custom message as its handler gets it.
 *
 * @param type
 *            the word it was sent under
 * @param data
 *            the payload, in the type the handler was registered with
 * @param clientId
 *            who sent it: a worker's id, {@code master}, or {@code local}
 */
public record Message<T>(String type, T data, String clientId) {
}
