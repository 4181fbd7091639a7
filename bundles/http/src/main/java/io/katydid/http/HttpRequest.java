package io.katydid.http;

import org.jspecify.annotations.Nullable;

/**
 * Is one request as it goes over the wire, redirects not included.
 *
 * @param method the method
 * @param url where it goes
 * @param host the Host header in place of the address's own, or null
 * @param lines complete header lines, without Host and what the body brings
 * @param headers the same as values, for HTTP/2
 * @param cookie the Cookie header, or null
 * @param authorization the Authorization header, or null
 * @param body what is sent, or null
 * @param viaProxy whether the target is written in full, for a proxy
 * @param readTimeoutNanos how long nothing may arrive; 0 for ever
 * @param stream whether the answer is wanted as soon as its head is there
 */
record HttpRequest(String method, Url url, @Nullable String host, byte[] lines, HttpHeaders headers, @Nullable String cookie,
    @Nullable String authorization,
    @Nullable RequestBody body, boolean viaProxy, long readTimeoutNanos, boolean stream) {}
