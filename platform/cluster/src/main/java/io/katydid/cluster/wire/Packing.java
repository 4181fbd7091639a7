package io.katydid.cluster.wire;

import io.katydid.api.KatydidException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** Writes one frame. */
final class Packing {
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private final MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
    private final String type;
    private int values;

    private Packing(String type) {
        this.type = type;
    }

    static byte[] frame(WireMessage message) {
        var packing = new Packing(message.type());
        try (var packer = packing.packer) {
            packer.packArrayHeader(3);
            packing.text(message.type());
            packing.value(message.data(), 2);
            packing.text(message.nodeId());
            packing.room(0);
            return packer.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void value(@Nullable Object value, int depth) throws IOException {
        if (++values > Limits.VALUES) throw tooMuch("more than " + Limits.VALUES + " values", "Send it in several messages.");
        switch (value) {
            case null -> packer.packNil();
            case Boolean truth -> packer.packBoolean(truth);
            case Long number -> packer.packLong(number);
            case Integer number -> packer.packInt(number);
            case Short number -> packer.packShort(number);
            case Byte number -> packer.packByte(number);
            case Double number -> packer.packDouble(number);
            case Float number -> packer.packDouble(number);
            case BigInteger number -> packer.packBigInteger(within(number));
            case String text -> text(text);
            case byte[] bytes -> binary(bytes);
            case Instant time -> map(Times.map(time), depth);
            case Map<?, ?> map -> map(map, depth);
            case Collection<?> list -> list(list, depth);
            default -> throw new KatydidException("The message '" + type + "' has a " + value.getClass().getName()
                + ", which has no form on the wire. Send records, lists, maps, texts, numbers, booleans, byte[] or Instant.");
        }
    }

    private void list(Collection<?> list, int depth) throws IOException {
        open(list.size(), depth);
        packer.packArrayHeader(list.size());
        for (var value : list) value(value, depth + 1);
    }

    private void map(Map<?, ?> map, int depth) throws IOException {
        open(map.size(), depth);
        packer.packMapHeader(map.size());
        for (var entry : map.entrySet()) {
            switch (entry.getKey()) {
                case String _,Long _,Integer _,Short _,Byte _ -> value(entry.getKey(), depth + 1);
                case null, default ->
                    throw new KatydidException("The message '" + type + "' has a map with the key " + entry.getKey() + ", "
                        + Kinds.name(entry.getKey()) + ". Use texts or whole numbers as keys.");
            }
            value(entry.getValue(), depth + 1);
        }
    }

    private void open(int size, int depth) {
        if (depth > Limits.DEPTH)
            throw tooMuch("maps and lists in each other deeper than " + Limits.DEPTH,
                "Flatten it, or look for one that holds itself.");
        if (size > Limits.ENTRIES)
            throw tooMuch("a map or list of " + size + " entries, more than " + Limits.ENTRIES,
                "Send it in several messages.");
    }

    private void text(String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Limits.TEXT_BYTES)
            throw tooMuch("a text of " + bytes.length + " bytes, more than " + Limits.TEXT_BYTES,
                "Send it in parts, or as byte[].");
        room(bytes.length);
        packer.packRawStringHeader(bytes.length);
        packer.writePayload(bytes);
    }

    private void binary(byte[] bytes) throws IOException {
        room(bytes.length);
        packer.packBinaryHeader(bytes.length);
        packer.writePayload(bytes);
    }

    private void room(int bytes) {
        if (packer.getTotalWrittenBytes() + bytes > Limits.FRAME_BYTES)
            throw tooMuch("more than " + Limits.FRAME_BYTES + " bytes",
                "Send it in several messages.");
    }

    private BigInteger within(BigInteger number) {
        if (number.compareTo(LEAST) < 0 || number.compareTo(MOST) > 0)
            throw tooMuch("the number " + number + ", outside 64 bits",
                "Send it as a text.");
        return number;
    }

    private KatydidException tooMuch(String what, String remedy) {
        return new KatydidException("The message '" + type + "' has " + what + ", and the receiver would refuse it. " + remedy);
    }
}
