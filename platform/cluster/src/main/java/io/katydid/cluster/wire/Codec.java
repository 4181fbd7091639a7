package io.katydid.cluster.wire;

/**
 * Turns messages into frames and back, byte for byte as the reference does: MessagePack's array of three, the smallest form of each number and text,
 * decimal numbers always as 64 bit.
 *
 * <p>Both directions keep the {@link Limits}. What is read spends memory only for what the frame really has, whatever lengths it claims. Keys of maps
 * are texts and whole numbers; of a key that comes twice the last counts.
 */
public final class Codec {

    private Codec() {}

    /**
     * Gives the frame of a message.
     *
     * @throws io.katydid.api.KatydidException for a value that has no form on the wire, or beyond the limits; {@link Payload} turns records and such
     *         into values that have one
     */
    public static byte[] encode(WireMessage message) {
        return Packing.frame(message);
    }

    /** Gives the message of a frame. */
    public static WireMessage decode(byte[] frame) throws CorruptMessage {
        return new Unpacking(frame).message();
    }
}
