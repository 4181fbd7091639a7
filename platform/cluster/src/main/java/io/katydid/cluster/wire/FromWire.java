package io.katydid.cluster.wire;

import io.katydid.api.KatydidException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns values of the wire into a type of the receiver; knows the way to the value for errors. */
final class FromWire {
    private final String way;

    FromWire(String way) {
        this.way = way;
    }

    private FromWire at(Object part) { return new FromWire(way + part); }

    @Nullable Object read(@Nullable Object value, Type type) {
        return switch (type) {
            case Class<?> plain -> plain(value, plain);
            case ParameterizedType generic -> generic(value, generic);
            case GenericArrayType array -> value == null ? null : array(value, array.getGenericComponentType());
            case WildcardType wildcard -> read(value, wildcard.getUpperBounds()[0]);
            case TypeVariable<?> variable -> read(value, variable.getBounds()[0]);
            default -> throw wrong(value, type);
        };
    }

    private @Nullable Object plain(@Nullable Object value, Class<?> type) {
        if (type == Optional.class) return Optional.ofNullable(value);
        if (value == null) return absent(type);
        if (type == Set.class && value instanceof List<?> list) return new LinkedHashSet<>(list);
        if (type.isInstance(value)) return value;
        if (type.isRecord() && value instanceof Map<?, ?> map) return record(map, type);
        if (type.isArray()) return array(value, type.getComponentType());
        if (type.isEnum() && value instanceof String name) return constant(name, type);
        var scalar = Scalars.as(value, type);
        if (scalar == null) throw wrong(value, type);
        return scalar;
    }

    private @Nullable Object generic(@Nullable Object value, ParameterizedType type) {
        var raw = (Class<?>) type.getRawType();
        var parts = type.getActualTypeArguments();
        if (raw == Optional.class) return Optional.ofNullable(value == null ? null : read(value, parts[0]));
        if (value == null) return absent(raw);
        if (Collection.class.isAssignableFrom(raw) && value instanceof List<?> list) return collection(list, raw, parts[0]);
        if (raw == Map.class && value instanceof Map<?, ?> map) return map(map, parts[0], parts[1]);
        if (raw.isRecord()) return plain(value, raw);
        throw wrong(value, type);
    }

    private static @Nullable Object absent(Class<?> type) {
        if (type.isPrimitive()) return Array.get(Array.newInstance(type, 1), 0);
        if (type == Optional.class) return Optional.empty();
        if (type == List.class || type == Collection.class) return List.of();
        if (type == Set.class) return Set.of();
        return type == Map.class ? Map.of() : null;
    }

    private Object collection(List<?> list, Class<?> raw, Type part) {
        var read = new ArrayList<@Nullable Object>(list.size());
        for (var each : list) read.add(at("[" + read.size() + "]").read(each, part));
        if (raw == Set.class) return new LinkedHashSet<>(read);
        if (raw.isAssignableFrom(List.class)) return read;
        throw wrong(list, raw);
    }

    private Object map(Map<?, ?> map, Type keyType, Type part) {
        var read = LinkedHashMap.<@Nullable Object, @Nullable Object>newLinkedHashMap(map.size());
        for (var entry : map.entrySet()) {
            var here = at("." + entry.getKey());
            read.put(here.read(entry.getKey(), keyType), here.read(entry.getValue(), part));
        }
        return read;
    }

    private Object array(Object value, Type part) {
        if (!(value instanceof List<?> list)) throw wrong(value, part);
        var array = Array.newInstance(part instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) part,
            list.size());
        for (int i = 0; i < list.size(); i++) Array.set(array, i, at("[" + i + "]").read(list.get(i), part));
        return array;
    }

    private Object record(Map<?, ?> map, Class<?> type) {
        var components = type.getRecordComponents();
        var values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = at("." + components[i].getName()).read(map.get(components[i].getName()), components[i].getGenericType());
        }
        try {
            return constructor(type, components).newInstance(values);
        } catch (InvocationTargetException thrown) {
            throw new KatydidException("The message has values " + type.getName() + " refuses, at " + way + ": " + thrown.getCause()
                + ". Correct the sender, or read it as a Map.", thrown);
        } catch (ReflectiveOperationException closed) {
            throw new KatydidException("The record " + type.getName() + ", at " + way + ", cannot be made: " + closed.getMessage()
                + ". Make it public, or read the message as a Map.", closed);
        }
    }

    private static Constructor<?> constructor(Class<?> type, RecordComponent[] components) throws NoSuchMethodException {
        var constructor = type.getDeclaredConstructor(Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return constructor;
    }

    private Object constant(String name, Class<?> type) {
        return Stream.of(type.getEnumConstants()).filter(constant -> ((Enum<?>) constant).name().equals(name)).findFirst()
            .orElseThrow(() -> new KatydidException("The message has '" + name + "', at " + way + ", which " + type.getName()
                + " has not. Send one of " + List.of(type.getEnumConstants()) + "."));
    }

    private KatydidException wrong(@Nullable Object value, Type type) {
        var text = value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value);
        return new KatydidException(
            "The message has " + Kinds.name(value) + " (" + (text.length() <= 60 ? text : text.substring(0, 60) + "…")
                + "), at " + way + ", which is no " + type.getTypeName() + ". Correct the sender, or read it as another type.");
    }
}
