package io.katydid.cluster.wire;

import io.katydid.api.KatydidException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns one value of a script into values of the wire. */
final class ToWire {
    private static final int BITS = 64;
    private final @Nullable Object root;

    ToWire(@Nullable Object root) {
        this.root = root;
    }

    @Nullable Object value() {
        return value(root, root == null ? "null" : root.getClass().getSimpleName(), 1);
    }

    private @Nullable Object value(@Nullable Object value, String way, int depth) {
        return switch (value) {
            case null -> null;
            case Boolean _,Long _,Double _,String _,byte[] _,Instant _ -> value;
            case Byte number -> number.longValue();
            case Short number -> number.longValue();
            case Integer number -> number.longValue();
            case Float number -> number.doubleValue();
            case BigInteger number when number.bitLength() < BITS || number.signum() > 0 && number.bitLength() == BITS -> whole(number);
            case Character sign -> sign.toString();
            case CharSequence text -> text.toString();
            case Enum<?> constant -> constant.name();
            case Optional<?> optional -> value(optional.orElse(null), way, depth);
            case Collection<?> list -> list(list, way, deeper(way, depth));
            case Map<?, ?> map -> map(map, way, deeper(way, depth));
            case Record record -> record(record, way, deeper(way, depth));
            default -> {
                if (value.getClass().isArray()) yield list(elements(value), way, deeper(way, depth));
                throw new KatydidException("Cannot send the " + value.getClass().getName() + " " + abbreviated(value) + ", at " + way
                    + ": it has no form on the wire. Send a record, a list, a map, a text, a number, a boolean, byte[] or an Instant.");
            }
        };
    }

    private static Object whole(BigInteger number) { return number.bitLength() < BITS ? (Object) number.longValue() : number; }

    private List<@Nullable Object> list(Collection<?> list, String way, int depth) {
        var sent = new ArrayList<@Nullable Object>(list.size());
        for (var each : list) sent.add(value(each, way + "[" + sent.size() + "]", depth));
        return sent;
    }

    private static List<@Nullable Object> elements(Object array) {
        var elements = new ArrayList<@Nullable Object>();
        for (int i = 0; i < Array.getLength(array); i++) elements.add(Array.get(array, i));
        return elements;
    }

    private Map<Object, @Nullable Object> map(Map<?, ?> map, String way, int depth) {
        var sent = LinkedHashMap.<Object, @Nullable Object>newLinkedHashMap(map.size());
        for (var entry : map.entrySet()) {
            sent.put(key(entry.getKey(), way), value(entry.getValue(), way + "." + entry.getKey(), depth));
        }
        return sent;
    }

    private static Object key(@Nullable Object key, String way) {
        return switch (key) {
            case String text -> text;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Byte number -> number.longValue();
            case Enum<?> constant -> constant.name();
            case null ->
                throw new KatydidException("Cannot send a map with the key null, at " + way + ". Use texts, whole numbers or enums.");
            default -> throw new KatydidException("Cannot send a map with the key " + abbreviated(key) + ", a " + key.getClass().getName()
                + ", at " + way + ". Use texts, whole numbers or enums.");
        };
    }

    private Map<String, @Nullable Object> record(Record record, String way, int depth) {
        var sent = new LinkedHashMap<String, @Nullable Object>();
        for (var component : record.getClass().getRecordComponents()) {
            sent.put(component.getName(), value(read(record, component), way + "." + component.getName(), depth));
        }
        return sent;
    }

    private static @Nullable Object read(Record record, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (IllegalAccessException closed) {
            throw new KatydidException("Cannot read " + component + " of " + record.getClass().getName()
                + " to send it: " + closed.getMessage() + ". Make the record public, or send a map.", closed);
        } catch (InvocationTargetException thrown) {
            throw new KatydidException("The accessor " + component.getName() + "() of " + record.getClass().getName()
                + " failed while the record was to be sent: " + thrown.getCause() + ". Correct it, or send a map.", thrown);
        }
    }

    /** Leaves one level for the message itself. */
    private static int deeper(String way, int depth) {
        if (depth >= Limits.DEPTH)
            throw new KatydidException("Cannot send more than " + (Limits.DEPTH - 1)
                + " maps, lists and records in each other, at " + abbreviated(way) + ". Flatten it, or look for one that holds itself.");
        return depth + 1;
    }

    private static String abbreviated(Object value) {
        var text = String.valueOf(value);
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
