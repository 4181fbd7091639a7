package io.katydid.http;

/**
 * Is a keyword argument of a request, made by the words of {@code HttpUser}:
 * {@code client.post("/login", json(body), name("login"), timeout(2))}. It may
 * be kept and used again.
 */
public sealed interface RequestOption permits RequestWord {
}
