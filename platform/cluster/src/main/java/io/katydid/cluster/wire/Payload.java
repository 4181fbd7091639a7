package io.katydid.cluster.wire;

import io.katydid.api.KatydidException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what scripts send to other nodes into values of the wire, and what comes back into what a script wants.
 *
 * <p>Sent are null, booleans, numbers, texts, characters, enums (by name), {@code byte[]}, {@code Instant}, {@code Optional} (its value or nil),
 * collections and arrays (lists), maps with texts, whole numbers or enums as keys, and records (maps of their components). No class of the sender is
 * named on the wire: a record, a map and a Python dictionary with the same keys are the same.
 */
public final class Payload {

    private Payload() {}

    /**
     * Gives the value as the wire has it: {@link WireMessage} lists the kinds.
     *
     * @throws KatydidException for a class that has no form there; the text has the way to it, such as {@code Order.lines[2].price}
     */
    public static @Nullable Object toWire(@Nullable Object value) {
        return new ToWire(value).value();
    }

    /**
     * Gives a value of the wire as a type of the receiver; null stays null.
     *
     * <p>{@code Object}, {@code Map} and {@code List} give what came. Numbers become the wanted type when it holds them exactly; a whole number may
     * become a decimal one. A record takes the keys it has components for and leaves the others. A component without a key is empty: an empty
     * {@code Optional}, list, set or map, 0 or false for a primitive, null for everything else; so nodes of different versions understand each other.
     * Lists, sets, maps, arrays and optionals take the types of their parts from the component.
     *
     * @throws KatydidException when the value is not of the type; the text has the way to it
     */
    public static <T> @Nullable T fromWire(@Nullable Object value, Class<T> type) {
        @SuppressWarnings("unchecked")
        var read = (T) new FromWire(type.getSimpleName()).read(value, type);
        return read;
    }
}
