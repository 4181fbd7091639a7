package io.katydid.cluster.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/** Reads one frame of a peer nobody knows: believes no length the frame has no bytes for. */
final class Unpacking {
    private static final String EXPECTED = " Send one MessagePack array of [type, data, node_id].";
    private static final double MOST_WHOLE = 1e15;
    /** Has a time as a map: two keys, two values. */
    private static final int VALUES_OF_A_TIME = 4;
    private final byte[] frame;
    private final MessageUnpacker unpacker;
    private int values;

    Unpacking(byte[] frame) {
        this.frame = frame;
        unpacker = MessagePack.newDefaultUnpacker(frame);
    }

    WireMessage message() throws CorruptMessage {
        if (frame.length > Limits.FRAME_BYTES)
            throw new CorruptMessage("The frame has " + frame.length + " bytes, more than "
                + Limits.FRAME_BYTES + ". Send it in several messages.");
        try {
            return read();
        } catch (IOException | MessagePackException | DateTimeException | ArithmeticException problem) {
            throw new CorruptMessage("The frame of " + frame.length + " bytes cannot be read at offset " + offset() + ": "
                + problem.getClass().getSimpleName() + "." + EXPECTED, problem);
        }
    }

    private WireMessage read() throws IOException, CorruptMessage {
        if (frame.length == 0) throw new CorruptMessage("The frame is empty." + EXPECTED);
        var parts = value(1);
        if (!(parts instanceof List<?> three) || three.size() != 3)
            throw new CorruptMessage("The frame of " + frame.length
                + " bytes is " + (parts instanceof List<?> list ? "an array of " + list.size() : Kinds.name(parts)) + " at offset 0."
                + EXPECTED);
        if (!(three.get(0) instanceof String type))
            throw new CorruptMessage("The type of the message is " + Kinds.name(three.get(0))
                + ", the first of the array at offset 0. Send a text.");
        if (!(three.get(2) instanceof String nodeId))
            throw new CorruptMessage("The node id of the message '" + type + "' is "
                + Kinds.name(three.get(2)) + ", the last of the array at offset 0. Send a text.");
        if (offset() < frame.length)
            throw new CorruptMessage("The message '" + type + "' ends at offset " + offset() + " of a frame of "
                + frame.length + " bytes. Send nothing after it.");
        return new WireMessage(type, three.get(1), nodeId);
    }

    private @Nullable Object value(int depth) throws IOException, CorruptMessage {
        if (offset() >= frame.length) throw cut("a value", 1);
        if (++values > Limits.VALUES) throw beyond("more than " + Limits.VALUES + " values");
        var format = unpacker.getNextFormat();
        return switch (format.getValueType()) {
            case NIL -> {
                unpacker.unpackNil();
                yield null;
            }
            case BOOLEAN -> unpacker.unpackBoolean();
            case INTEGER -> format == MessageFormat.UINT64 ? unsigned() : (Object) unpacker.unpackLong();
            case FLOAT -> unpacker.unpackDouble();
            case STRING -> text();
            case BINARY -> binary();
            case ARRAY -> list(depth);
            case MAP -> map(depth);
            case EXTENSION -> time(depth);
        };
    }

    private Object unsigned() throws IOException {
        var number = unpacker.unpackBigInteger();
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    private String text() throws IOException, CorruptMessage {
        long start = offset();
        int length = unpacker.unpackRawStringHeader();
        if (length > Limits.TEXT_BYTES) throw beyond("a text of " + length + " bytes, more than " + Limits.TEXT_BYTES);
        room("a text", length, length);
        var bytes = unpacker.readPayload(length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException problem) {
            throw new CorruptMessage("The text of " + length + " bytes at offset " + start
                + " is no UTF-8. Send other bytes as binary data.", problem);
        }
    }

    private byte[] binary() throws IOException, CorruptMessage {
        int length = unpacker.unpackBinaryHeader();
        room("binary data", length, length);
        return unpacker.readPayload(length);
    }

    private List<@Nullable Object> list(int depth) throws IOException, CorruptMessage {
        int size = unpacker.unpackArrayHeader();
        open("a list", size, size, depth);
        if (size == 0) return List.of();
        var list = new ArrayList<@Nullable Object>(size);
        for (int i = 0; i < size; i++) list.add(value(depth + 1));
        return Collections.unmodifiableList(list);
    }

    private Object map(int depth) throws IOException, CorruptMessage {
        long start = offset();
        int size = unpacker.unpackMapHeader();
        open("a map", size, 2L * size, depth);
        var map = LinkedHashMap.<Object, @Nullable Object>newLinkedHashMap(size);
        for (int i = 0; i < size; i++) {
            long at = offset();
            var key = whole(value(depth + 1));
            if (!(key instanceof String || key instanceof Long))
                throw new CorruptMessage("The map at offset " + start + " has "
                    + Kinds.name(key) + " as a key, at offset " + at + ". Use texts or whole numbers of 64 bits.");
            map.put(key, value(depth + 1));
        }
        return map.containsKey(Times.MARK) ? Times.time(map, start) : Collections.unmodifiableMap(map);
    }

    /** Python counts times from 100 ms on under decimal keys, for its {@code round(147, -1)} is 150.0: one that is whole is taken as such. */
    private static @Nullable Object whole(@Nullable Object key) {
        return key instanceof Double number && number == Math.rint(number) && Math.abs(number) < MOST_WHOLE ? number.longValue() : key;
    }

    /** Reads the format's own form of a time. It counts as the map that it would be written as, so that what is read can be sent on. */
    private Instant time(int depth) throws IOException, CorruptMessage {
        long start = offset();
        var header = unpacker.unpackExtensionTypeHeader();
        if (header.getType() != -1)
            throw new CorruptMessage("The frame has an extension of type " + header.getType() + " at offset " + start
                + "; only times, type -1, are read. Send it as binary data or a map.");
        room("a time", header.getLength(), header.getLength());
        open("a time", 0, 0, depth);
        values += VALUES_OF_A_TIME;
        return Times.checked(unpacker.unpackTimestamp(header), start);
    }

    private void open(String what, int size, long leastBytes, int depth) throws CorruptMessage {
        if (depth > Limits.DEPTH) throw beyond("maps and lists in each other deeper than " + Limits.DEPTH);
        if (size > Limits.ENTRIES) throw beyond(what + " of " + size + " entries, more than " + Limits.ENTRIES);
        room(what, size, leastBytes);
    }

    private void room(String what, int size, long bytes) throws CorruptMessage {
        if (frame.length - offset() < bytes) throw cut(what, size);
    }

    private CorruptMessage cut(String what, int size) {
        return new CorruptMessage("The frame of " + frame.length + " bytes ends in " + what + " of " + size + ", at offset " + offset()
            + ". Send the whole frame.");
    }

    private CorruptMessage beyond(String what) {
        return new CorruptMessage("The frame of " + frame.length + " bytes has " + what + ", at offset " + offset()
            + ". Send it in several messages.");
    }

    private long offset() { return unpacker.getTotalReadBytes(); }
}
