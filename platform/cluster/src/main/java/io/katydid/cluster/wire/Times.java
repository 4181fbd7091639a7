package io.katydid.cluster.wire;

import io.katydid.api.KatydidException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes and reads times as the reference does: a map with a mark and the text of a time without a zone, which is taken for UTC. */
final class Times {
    static final String MARK = "__datetime__";
    private static final String TEXT = "as_str";
    private static final DateTimeFormatter TO_SECONDS = new DateTimeFormatterBuilder()
        .appendValue(ChronoField.YEAR, 4, 4, SignStyle.NOT_NEGATIVE)
        .appendPattern("MMdd'T'HH:mm:ss").toFormatter();
    private static final DateTimeFormatter WRITTEN = new DateTimeFormatterBuilder().append(TO_SECONDS).appendFraction(
        ChronoField.NANO_OF_SECOND, 6, 6, true).toFormatter();
    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder().append(TO_SECONDS).appendFraction(
        ChronoField.NANO_OF_SECOND, 1, 6, true).toFormatter();

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Times() {}

    static Map<String, Object> map(Instant time) {
        if (!fits(time))
            throw new KatydidException("The time " + time + " in a message is outside the years 1 to 9999, which the text it travels as"
                + " has room for. Send another time, or a number.");
        var map = new LinkedHashMap<String, Object>();
        map.put(MARK, true);
        map.put(TEXT, WRITTEN.format(time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC)));
        return map;
    }

    /** Reads the time of a map that has the mark; the text of old senders is binary. */
    static Instant time(Map<?, ?> map, long offset) throws CorruptMessage {
        var text = text(map.get(TEXT));
        if (text == null)
            throw new CorruptMessage("The map at offset " + offset + " is marked as a time and has " + Kinds.name(map.get(TEXT))
                + " as '" + TEXT + "'. Send a text such as 20260131T12:30:00.000000.");
        try {
            return checked(LocalDateTime.parse(text, READ).toInstant(ZoneOffset.UTC), offset);
        } catch (DateTimeException problem) {
            throw new CorruptMessage("The time '" + text + "' in the map at offset " + offset
                + " cannot be read. Send a text such as 20260131T12:30:00.000000.", problem);
        }
    }

    /** Gives the time back when it could be written too. */
    static Instant checked(Instant time, long offset) throws CorruptMessage {
        if (!fits(time))
            throw new CorruptMessage("The time " + time + " at offset " + offset
                + " is outside the years 1 to 9999. Send another time, or a number.");
        return time;
    }

    private static boolean fits(Instant time) { return !time.isBefore(FIRST) && time.isBefore(END); }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case null, default -> null;
        };
    }
}
