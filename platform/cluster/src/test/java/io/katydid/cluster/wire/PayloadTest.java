package io.katydid.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** Turns what scripts send into values of the wire and back. */
class PayloadTest {
    enum Colour {
        RED, GREEN
    }

    record Line(String article, int pieces, double price) {}

    record Order(long id, List<Line> lines, Map<String, Line> byArticle, Optional<String> note, Colour colour, boolean paid, byte[] seal,
        Instant at, Set<Colour> colours, int[] numbers, Line[] more, char grade) {}

    record Box<T>(T value, List<? extends Number> numbers) {}

    record Wide(double ratio, Float share, short small, Byte tiny, BigInteger huge, Object any) {}

    record Strict(List<String> names) {
        Strict {
            if (names.isEmpty()) throw new IllegalArgumentException("no names");
        }
    }

    private static <T> T again(Object value, Class<T> type) throws CorruptMessage {
        return Payload.fromWire(Codec.decode(Codec.encode(new WireMessage("n", Payload.toWire(value), "w"))).data(), type);
    }

    private static Order order() {
        var line = new Line("pen", 3, 1.5);
        return new Order(1L << 40, List.of(line, new Line("ink", 1, 4)), Map.of("pen", line), Optional.of("soon"), Colour.GREEN, true,
            new byte[]{
                1, 2},
            Instant.parse("2026-01-31T12:30:00.000250Z"), Set.of(Colour.RED), new int[]{1, 2}, new Line[]{line}, 'A');
    }

    @Test void aRecordComesBackAsItWas() throws CorruptMessage {
        var order = order();
        assertThat(again(order, Order.class)).usingRecursiveComparison().isEqualTo(order);
    }

    @Test void aRecordIsAMapOfItsComponents() throws CorruptMessage {
        var map = again(order(), Map.class);
        assertThat(map).containsEntry("id", 1L << 40)
            .containsEntry("lines", List.of(Map.of("article", "pen", "pieces", 3L, "price", 1.5), Map.of(
                "article", "ink", "pieces", 1L, "price", 4.0)))
            .containsEntry("note", "soon").containsEntry("colour", "GREEN").containsEntry("numbers",
                List.of(1L, 2L))
            .containsEntry("grade", "A");
        assertThat(again(order(), Object.class)).isInstanceOf(Map.class);
    }

    @Test void plainValuesComeBack() throws CorruptMessage {
        assertThat(again(7, Integer.class)).isEqualTo(7);
        assertThat(again(7, int.class)).isEqualTo(7);
        assertThat(again((byte) 7, Long.class)).isEqualTo(7L);
        assertThat(again(7, Double.class)).isEqualTo(7.0);
        assertThat(again(2.0, Integer.class)).isEqualTo(2);
        assertThat(again(0.5f, float.class)).isEqualTo(0.5f);
        assertThat(again(true, boolean.class)).isTrue();
        assertThat(again(new StringBuilder("text"), String.class)).isEqualTo("text");
        assertThat(again(Colour.RED, Colour.class)).isEqualTo(Colour.RED);
        assertThat(again(Optional.empty(), Object.class)).isNull();
        assertThat(again(null, Order.class)).isNull();
        assertThat(again(Arrays.asList(1, null), List.class)).isEqualTo(Arrays.asList(1L, null));
        assertThat(again(Map.of(1, "a", Colour.RED, "b", (short) 2, "c"), Map.class)).isEqualTo(Map.of(1L, "a", "RED", "b", 2L, "c"));
        assertThat(again(new String[]{"a"}, String[].class)).containsExactly("a");
        assertThat(again(BigInteger.ONE.shiftLeft(63), BigInteger.class)).isEqualTo(BigInteger.ONE.shiftLeft(63));
        assertThat(again(new Wide(0.25, 0.5f, (short) 3, (byte) 4, BigInteger.TEN, "x"), Wide.class))
            .isEqualTo(new Wide(0.25, 0.5f, (short) 3,
                (byte) 4, BigInteger.TEN, "x"));
        assertThat(again(new Box<>("x", List.of(1, 2.5)), Box.class)).isEqualTo(new Box<>("x", List.of(1L, 2.5)));
    }

    @Test void missingKeysAreEmptyAndFurtherOnesLeft() {
        var order = Payload.fromWire(Map.of("id", 5L, "unknown", true), Order.class);
        assertThat(order.id()).isEqualTo(5);
        assertThat(order.lines()).isEmpty();
        assertThat(order.byArticle()).isEmpty();
        assertThat(order.colours()).isEmpty();
        assertThat(order.note()).isEmpty();
        assertThat(order.colour()).isNull();
        assertThat(order.paid()).isFalse();
        assertThat(order.grade()).isEqualTo('\0');
        assertThat(Payload.fromWire(Map.of(), Line.class)).isEqualTo(new Line(null, 0, 0));
    }

    @Test void whatHasNoFormIsRefusedWithTheWayToIt() {
        record Holder(List<Object> items) {}
        assertThatThrownBy(
            () -> Payload.toWire(new Holder(List.of("a", Map.of("zone", TimeZone.getTimeZone("UTC").toZoneId().getRules())))))
            .isInstanceOf(KatydidException.class).hasMessageStartingWith("Cannot send the java.time.zone.ZoneRules ZoneRules[")
            .hasMessageContaining(", at Holder.items[1].zone: it has no form on the wire.")
            .hasMessageEndingWith("Send a record, a list, a map, a text, a number, a boolean, byte[] or an Instant.");
        assertThatThrownBy(() -> Payload.toWire(new Random(1))).isInstanceOf(KatydidException.class)
            .hasMessageStartingWith("Cannot send the java.util.Random ");
        assertThatThrownBy(() -> Payload.toWire(Map.of(1.5, 1))).isInstanceOf(KatydidException.class)
            .hasMessageContaining("Cannot send a map with the key 1.5, a java.lang.Double, at Map1. Use texts, whole numbers or enums.");
        assertThatThrownBy(() -> Payload.toWire(BigInteger.ONE.shiftLeft(64))).isInstanceOf(KatydidException.class);
    }

    @Test void aListThatHoldsItselfIsRefused() {
        var list = new ArrayList<Object>();
        list.add(list);
        assertThatThrownBy(() -> Payload.toWire(list)).isInstanceOf(KatydidException.class).hasMessageStartingWith(
            "Cannot send more than 15 maps, lists and records in each other, at ArrayList[0]").hasMessageEndingWith(
                "Flatten it, or look for one that holds itself.");
    }

    @Test void whatGoesThroughHereFitsTheCodec() throws CorruptMessage {
        Object deep = List.of();
        for (int i = 0; i < 14; i++) deep = List.of(deep);
        assertThat(again(deep, Object.class)).isEqualTo(deep);
    }

    @Test void aValueOfAnotherTypeIsRefusedWithTheWayToIt() {
        refuses(Map.of("lines", List.of(Map.of("pieces", 2.5))), Order.class,
            "The message has a decimal number (2.5), at Order.lines[0].pieces,"
                + " which is no int. Correct the sender, or read it as another type.");
        refuses(Map.of("pieces", 1L << 31), Line.class, "The message has a whole number (2147483648), at Line.pieces, which is no int."
            + " Correct the sender, or read it as another type.");
        refuses(Map.of("article", 5L), Line.class, "The message has a whole number (5), at Line.article, which is no java.lang.String."
            + " Correct the sender, or read it as another type.");
        refuses(List.of(), Line.class, "The message has a list ([]), at Line, which is no " + Line.class.getName()
            + ". Correct the sender, or read it as another type.");
        refuses(Map.of("colour", "BLUE"), Order.class, "The message has 'BLUE', at Order.colour, which " + Colour.class.getName()
            + " has not. Send one of [RED, GREEN].");
        refuses(Map.of(), Strict.class, "The message has values " + Strict.class.getName()
            + " refuses, at Strict: java.lang.IllegalArgumentException: no names. Correct the sender, or read it as a Map.");
        refuses("x", Thread.class, "The message has a text (x), at Thread, which is no java.lang.Thread."
            + " Correct the sender, or read it as another type.");
    }

    private static void refuses(Object value, Class<?> type, String text) {
        assertThatThrownBy(() -> Payload.fromWire(value, type)).isInstanceOf(KatydidException.class).hasMessage(text);
    }
}
