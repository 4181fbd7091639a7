package io.katydid.cluster.wire;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes messages of all kinds of values, the same for the same seed. */
final class RandomMessages {
    private static final List<String> TYPES = List.of("stats", "spawn", "logs", "client_ready", "quit", "ä-漢-🦗", "");
    private final Random random;

    RandomMessages(Random random) {
        this.random = random;
    }

    WireMessage next() {
        return new WireMessage(TYPES.get(random.nextInt(TYPES.size())), value(0), text());
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth > 6 ? 7 : 10)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> number();
            case 3 -> Double.longBitsToDouble(random.nextLong() & ~(0x7ffL << 52) | (random.nextInt(2047) + 0L) << 52);
            case 4 -> BigInteger.ONE.shiftLeft(63).add(BigInteger.valueOf(random.nextLong() >>> 1));
            case 5 -> text();
            case 6 -> bytes();
            case 7 -> list(depth);
            default -> map(depth);
        };
    }

    private long number() {
        return random.nextLong() >> random.nextInt(64);
    }

    private String text() {
        var text = new StringBuilder();
        int length = random.nextInt(20) == 0 ? random.nextInt(400) : random.nextInt(12);
        for (int i = 0; i < length; i++)
            text.appendCodePoint(random.nextInt(10) == 0 ? 0x1f900 + random.nextInt(200) : 32 + random.nextInt(400));
        return text.toString();
    }

    private byte[] bytes() {
        var bytes = new byte[random.nextInt(20) == 0 ? random.nextInt(400) : random.nextInt(12)];
        random.nextBytes(bytes);
        return bytes;
    }

    private List<Object> list(int depth) {
        var list = new ArrayList<>();
        int size = random.nextInt(30) == 0 ? random.nextInt(40) : random.nextInt(4);
        for (int i = 0; i < size; i++) list.add(value(depth + 2));
        return list;
    }

    private Map<Object, Object> map(int depth) {
        var map = new LinkedHashMap<Object, Object>();
        int size = random.nextInt(30) == 0 ? random.nextInt(40) : random.nextInt(4);
        for (int i = 0; i < size; i++) map.put(random.nextBoolean() ? text() : (Object) number(), value(depth + 2));
        return map;
    }
}
