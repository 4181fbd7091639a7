package io.katydid.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.parity.Parity;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reads and writes frames beyond what the protocol's own messages have, and refuses what is none. */
class CodecTest {
    private static final String EXPECTED = " Send one MessagePack array of [type, data, node_id].";

    private static Object data(String hex) throws CorruptMessage {
        return Codec.decode(Golden.bytes("93a16e" + hex + "a177")).data();
    }

    private static void refuses(String hex, String text) {
        assertThatThrownBy(() -> Codec.decode(Golden.bytes(hex))).isInstanceOf(CorruptMessage.class).hasMessage(text);
    }

    private static Object again(Object data) throws CorruptMessage {
        return Codec.decode(Codec.encode(new WireMessage("n", data, "w"))).data();
    }

    @Test
    @Parity("PR-6") void mapsMayHaveNumbersAsKeysAndAMarkedMapIsATime() throws CorruptMessage {
        assertThat(data("83640ac8".replace("c8", "ce6553f100") + "02" + "a16101")).isEqualTo(Map.of(100L, 10L, 1700000000L, 2L, "a", 1L));
        var time = Instant.parse("2026-01-31T12:30:00.000250Z");
        assertThat(again(time)).isEqualTo(time);
        assertThat(again(Map.of("__datetime__", true, "as_str", "20260131T12:30:00.5")))
            .isEqualTo(Instant.parse("2026-01-31T12:30:00.500Z"));
        assertThat(again(Map.of("__datetime__", true, "as_str", "20260131T12:30:00.000250".getBytes()))).isEqualTo(time);
        assertThat(again(Map.of("__ObjectId__", true, "as_str", "5f"))).isEqualTo(Map.of("__ObjectId__", true, "as_str", "5f"));
        assertThat(again(List.of(Map.of("at", time)))).isEqualTo(List.of(Map.of("at", time)));
    }

    @Test void aTimeIsWrittenToTheMicrosecondInUtc() throws CorruptMessage {
        assertThat(again(Instant.parse("0001-01-01T00:00:00.999999999Z"))).isEqualTo(Instant.parse("0001-01-01T00:00:00.999999Z"));
        assertThatThrownBy(() -> again(Instant.MAX)).isInstanceOf(KatydidException.class).hasMessage("The time " + Instant.MAX
            + " in a message is outside the years 1 to 9999, which the text it travels as has room for. Send another time, or a number.");
        refuses("93a16ec70cff" + "00000000" + "7fffffff00000000" + "a177",
            "The frame of 20 bytes cannot be read at offset 18: DateTimeException." + EXPECTED);
        refuses("93a16ec70cff" + "00000000" + "0000007000000000" + "a177",
            "The time +17213-06-08T04:45:52Z at offset 3 is outside the years 1 to 9999. Send another time, or a number.");
    }

    @Test void aMarkedMapWithoutATimeIsRefused() {
        assertThatThrownBy(() -> again(Map.of("__datetime__", true, "as_str", "yesterday"))).isInstanceOf(CorruptMessage.class)
            .hasMessage("The time 'yesterday' in the map at offset 3 cannot be read. Send a text such as 20260131T12:30:00.000000.");
        assertThatThrownBy(() -> again(Map.of("__datetime__", true))).isInstanceOf(CorruptMessage.class).hasMessage(
            "The map at offset 3 is marked as a time and has nil as 'as_str'. Send a text such as 20260131T12:30:00.000000.");
    }

    @Test void numbersBeyondLongAreBigIntegers() throws CorruptMessage {
        assertThat(data("cf8000000000000000")).isEqualTo(BigInteger.ONE.shiftLeft(63));
        assertThat(data("cfffffffffffffffff")).isEqualTo(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE));
        assertThat(data("cf7fffffffffffffff")).isEqualTo(Long.MAX_VALUE);
        assertThat(data("d38000000000000000")).isEqualTo(Long.MIN_VALUE);
        assertThat(again(BigInteger.TWO)).isEqualTo(2L);
        assertThatThrownBy(() -> again(BigInteger.ONE.shiftLeft(64))).isInstanceOf(KatydidException.class).hasMessage(
            "The message 'n' has the number 18446744073709551616, outside 64 bits, and the receiver would refuse it. Send it as a text.");
    }

    @Test void floatsAreReadAndWrittenAsDoubles() throws CorruptMessage {
        assertThat(data("ca3fc00000")).isEqualTo(1.5);
        assertThat(Codec.encode(new WireMessage("n", 1.5f, "w"))).asHexString().isEqualTo("93A16ECB3FF8000000000000A177");
    }

    @Test void aTimeOfTheFormatItselfIsReadToo() throws CorruptMessage {
        assertThat(data("d6ff6553f100")).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        refuses("93a16ed40a01a177",
            "The frame has an extension of type 10 at offset 3; only times, type -1, are read. Send it as binary data or a map.");
    }

    @Test void wholeNumbersMayBeWrittenAsDecimalOnesInKeys() throws Exception {
        assertThat(data("82" + "cb4062c00000000000" + "03" + "07" + "01")).isEqualTo(Map.of(150L, 3L, 7L, 1L));
        refuses("93a16e81cb3ff8000000000000c0a177",
            "The map at offset 3 has a decimal number as a key, at offset 4. Use texts or whole numbers of 64 bits.");
    }

    @Test void whatIsNoMessageIsRefusedWithWhatItIs() {
        refuses("", "The frame is empty." + EXPECTED);
        refuses("c0", "The frame of 1 bytes is nil at offset 0." + EXPECTED);
        refuses("92a16ec0", "The frame of 4 bytes is an array of 2 at offset 0." + EXPECTED);
        refuses("94a16ec0a177c0", "The frame of 7 bytes is an array of 4 at offset 0." + EXPECTED);
        refuses("9301c0a177", "The type of the message is a whole number, the first of the array at offset 0. Send a text.");
        refuses("93a16ec0c0", "The node id of the message 'n' is nil, the last of the array at offset 0. Send a text.");
        refuses("93a16ec0a17700", "The message 'n' ends at offset 6 of a frame of 7 bytes. Send nothing after it.");
        refuses("93a16e81c3c0a177", "The map at offset 3 has a boolean as a key, at offset 4. Use texts or whole numbers of 64 bits.");
        refuses("93a16ea2c328a177", "The text of 2 bytes at offset 3 is no UTF-8. Send other bytes as binary data.");
        refuses("93a16ec1a177", "The frame of 6 bytes cannot be read at offset 3: MessageFormatException." + EXPECTED);
    }

    @Test void aCutFrameIsRefusedAtEachPlace() throws CorruptMessage {
        var frame = Codec.encode(new WireMessage("stats", Map.of("a", List.of(1.5, 70_000, "text", new byte[]{1, 2}, Instant.EPOCH)), "w"));
        int refused = 0;
        for (int length = 0; length < frame.length; length++) {
            var cut = java.util.Arrays.copyOf(frame, length);
            assertThatThrownBy(() -> Codec.decode(cut)).as("%d of %d bytes", length, frame.length).isInstanceOf(CorruptMessage.class);
            refused++;
        }
        assertThat(refused).isEqualTo(frame.length).isGreaterThan(60);
        refuses("93a16e", "The frame of 3 bytes ends in a list of 3, at offset 1. Send the whole frame.");
        refuses("93a16e9190", "The frame of 5 bytes ends in a value of 1, at offset 5. Send the whole frame.");
    }

    @Test void aLengthTheFrameHasNotIsNotBelieved() {
        refuses("93a16edd000f4240", "The frame of 8 bytes ends in a list of 1000000, at offset 8. Send the whole frame.");
        refuses("93a16edf000f4240", "The frame of 8 bytes ends in a map of 1000000, at offset 8. Send the whole frame.");
        refuses("93a16edb00100000", "The frame of 8 bytes ends in a text of 1048576, at offset 8. Send the whole frame.");
        refuses("93a16ec604000000", "The frame of 8 bytes ends in binary data of 67108864, at offset 8. Send the whole frame.");
        refuses("93a16edd000f4241",
            "The frame of 8 bytes has a list of 1000001 entries, more than 1000000, at offset 8. Send it in several messages.");
        refuses("93a16edf000f4241",
            "The frame of 8 bytes has a map of 1000001 entries, more than 1000000, at offset 8. Send it in several messages.");
        refuses("93a16edb00100001",
            "The frame of 8 bytes has a text of 1048577 bytes, more than 1048576, at offset 8. Send it in several messages.");
        for (var header : List.of("ddffffffff", "dfffffffff", "dbffffffff", "c6ffffffff", "c9ffffffffff", "c9000f4240ff")) {
            assertThatThrownBy(() -> data(header)).as(header).isInstanceOf(CorruptMessage.class);
        }
    }

    @Test void depthIsLimitedInBothDirections() throws CorruptMessage {
        assertThat(data("91".repeat(15) + "c0")).asString().isEqualTo("[".repeat(15) + "null" + "]".repeat(15));
        refuses("93a16e" + "91".repeat(16) + "c0a177",
            "The frame of 22 bytes has maps and lists in each other deeper than 16, at offset 19."
                + " Send it in several messages.");
        Object deep = List.of();
        for (int i = 0; i < 14; i++) deep = List.of(deep);
        assertThat(again(deep)).isEqualTo(deep);
        var deeper = List.of(deep);
        assertThatThrownBy(() -> again(deeper)).isInstanceOf(KatydidException.class)
            .hasMessage("The message 'n' has maps and lists in each other"
                + " deeper than 16, and the receiver would refuse it. Flatten it, or look for one that holds itself.");
    }

    /** It is written as a map, which is one more in the others. */
    @Test void aTimeOfTheFormatIsAsDeepAsTheMapItIsWrittenAs() throws CorruptMessage {
        var deep = data("91".repeat(14) + "d6ff6553f100");
        assertThat(again(deep)).isEqualTo(deep);
        refuses("93a16e" + "91".repeat(15) + "d6ff6553f100a177",
            "The frame of 26 bytes has maps and lists in each other deeper than 16, at offset 20. Send it in several messages.");
    }

    @Test void aTimeBeyondAllSecondsIsRefused() {
        refuses("93a16ec70cfffcf077ff7fffffffffffffffa177",
            "The frame of 20 bytes cannot be read at offset 18: ArithmeticException. Send one MessagePack array of [type, data, node_id].");
    }

    @Test void sizeIsLimitedInBothDirections() throws CorruptMessage {
        assertThat((List<?>) again(Collections.nCopies(Limits.ENTRIES, null))).hasSize(Limits.ENTRIES);
        for (var tooMuch : List.of(Collections.nCopies(Limits.ENTRIES + 1, 0), "x".repeat(Limits.TEXT_BYTES + 1),
            new byte[Limits.FRAME_BYTES],
            Collections.nCopies(5, Collections.nCopies(Limits.ENTRIES, 0)))) {
            assertThatThrownBy(() -> again(tooMuch)).isInstanceOf(KatydidException.class)
                .hasMessageContaining(", and the receiver would refuse it.");
        }
        assertThatThrownBy(() -> Codec.decode(new byte[Limits.FRAME_BYTES + 1])).isInstanceOf(CorruptMessage.class)
            .hasMessage("The frame has 67108865 bytes, more than 67108864. Send it in several messages.");
        assertThat((byte[]) again(new byte[Limits.FRAME_BYTES - 20])).hasSize(Limits.FRAME_BYTES - 20);
    }

    @Test void manySmallListsDoNotBecomeManyTimesTheFrame() {
        var lists = new StringBuilder("93a16e95");
        for (int i = 0; i < 5; i++) lists.append("dd000f4240").append("90".repeat(Limits.ENTRIES));
        assertThatThrownBy(() -> Codec.decode(Golden.bytes(lists + "a177"))).isInstanceOf(CorruptMessage.class).hasMessageContaining(
            "has more than 4000000 values");
    }

    @Test void whatIsReadCannotBeChanged() throws CorruptMessage {
        var map = (Map<?, ?>) again(Map.of("a", new ArrayList<>(List.of(1))));
        assertThatThrownBy(() -> map.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) map.get("a")).removeFirst()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test void anotherClassOrKeyIsNotWritten() {
        assertThatThrownBy(() -> again(List.of(new Random(1)))).isInstanceOf(KatydidException.class).hasMessage("The message 'n' has a"
            + " java.util.Random, which has no form on the wire. Send records, lists, maps, texts, numbers, booleans, byte[] or Instant.");
        assertThatThrownBy(() -> again(Map.of(1.5, 1))).isInstanceOf(KatydidException.class).hasMessage(
            "The message 'n' has a map with the key 1.5, a decimal number. Use texts or whole numbers as keys.");
    }

    @Test void theDataIsGivenAsAMapOrSaidToBeNone() throws CorruptMessage {
        assertThat(new WireMessage("ack", Map.of("index", 3L), "w").map()).isEqualTo(Map.of("index", 3L));
        assertThatThrownBy(() -> new WireMessage("ack", null, "w").map()).isInstanceOf(CorruptMessage.class).hasMessage(
            "The data of 'ack' from w is nil, not a map. Send a map with texts as keys.");
        assertThatThrownBy(() -> new WireMessage("ack", Map.of(1L, 3L), "w").map()).isInstanceOf(CorruptMessage.class).hasMessage(
            "The data of 'ack' from w has the key 1, a whole number. Send a map with texts as keys.");
    }
}
