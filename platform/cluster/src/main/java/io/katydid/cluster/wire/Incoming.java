package io.katydid.cluster.wire;

import java.util.List;

/** Holds what a peer sent at once: one frame, when it keeps to the protocol. */
record Incoming(String clientId, List<byte[]> frames) {

    WireMessage message() throws CorruptMessage {
        if (frames.size() != 1)
            throw new CorruptMessage(clientId + " sent " + frames.size()
                + " frames at once, the first of " + (frames.isEmpty() ? 0 : frames.getFirst().length)
                + " bytes. Send each message as one frame.");
        return Codec.decode(frames.getFirst());
    }
}
