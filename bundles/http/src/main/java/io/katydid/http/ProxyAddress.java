package io.katydid.http;

import org.jspecify.annotations.Nullable;

/** Is where an HTTP proxy listens, and who asks it. */
record ProxyAddress(String host, int port, @Nullable Credentials credentials) {

    @Override public String toString() { return host + ":" + port; }
}
