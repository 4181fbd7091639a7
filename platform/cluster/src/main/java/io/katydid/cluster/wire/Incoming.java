package io.katydid.cluster.wire;

import java.util.List;
import java.util.function.Consumer;

/** Holds what a peer sent at once: one frame, when it keeps to the protocol. */
record Incoming(String clientId, List<byte[]> frames) {

    /** Gives the message to who takes it, or says why there is none. */
    void open(Consumer<WireMessage> message, Consumer<CorruptMessage> corrupt) {
        WireMessage read;
        try {
            read = message();
        } catch (CorruptMessage why) {
            corrupt.accept(why);
            return;
        }
        message.accept(read);
    }

    WireMessage message() throws CorruptMessage {
        if (frames.size() != 1)
            throw new CorruptMessage(clientId + " sent " + frames.size()
                + " frames at once, the first of " + (frames.isEmpty() ? 0 : frames.getFirst().length)
                + " bytes. Send each message as one frame.");
        return Codec.decode(frames.getFirst());
    }
}
