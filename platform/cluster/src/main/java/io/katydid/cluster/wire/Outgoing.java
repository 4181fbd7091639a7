package io.katydid.cluster.wire;

/** Holds a frame to be sent, and to whom; a worker has only its master. */
record Outgoing(String clientId, byte[] frame) {}
