package io.katydid.cluster.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Fits numbers, booleans and characters of the wire into Java's types, only where nothing is lost. */
final class Scalars {

    private Scalars() {}

    /** Gives the value as the type, or null when it does not fit. */
    static @Nullable Object as(Object value, Class<?> type) {
        if (value instanceof Number number) return number(number, type);
        if (value instanceof Boolean && type == boolean.class) return value;
        boolean sign = type == char.class || type == Character.class;
        return sign && value instanceof String text && text.length() == 1 ? (Object) text.charAt(0) : null;
    }

    private static @Nullable Object number(Number number, Class<?> type) {
        if (type == double.class || type == Double.class) return number.doubleValue();
        if (type == float.class || type == Float.class) return number.floatValue();
        var whole = whole(number);
        return whole == null ? null : whole(whole, type);
    }

    private static @Nullable Object whole(BigInteger number, Class<?> type) {
        int bits = number.bitLength();
        if (type == BigInteger.class) return number;
        if ((type == long.class || type == Long.class) && bits < Long.SIZE) return number.longValue();
        if ((type == int.class || type == Integer.class) && bits < Integer.SIZE) return number.intValue();
        if ((type == short.class || type == Short.class) && bits < Short.SIZE) return number.shortValue();
        return (type == byte.class || type == Byte.class) && bits < Byte.SIZE ? (Object) number.byteValue() : null;
    }

    private static @Nullable BigInteger whole(Number number) {
        if (number instanceof BigInteger whole) return whole;
        if (!(number instanceof Double decimal)) return BigInteger.valueOf(number.longValue());
        return Double.isFinite(decimal) && decimal == Math.rint(decimal) ? new BigDecimal(decimal).toBigInteger() : null;
    }
}
