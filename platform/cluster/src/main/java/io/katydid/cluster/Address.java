package io.katydid.cluster;

/**
 * Is where a master listens.
 *
 * @param host a name or address; {@code *} is all, for a master
 * @param port the port
 */
record Address(String host, int port) {
    @Override public String toString() { return host + ":" + port; }
}
