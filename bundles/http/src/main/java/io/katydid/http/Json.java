package io.katydid.http;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads JSON by paths:
 * {@code response.json().at("data.items[0].foo").asInt()}. Something missing or
 * of another kind throws {@link JsonException}, whose text has the path and the
 * first 200 characters of the body; {@link #isMissing} asks first.
 */
public final class Json implements Iterable<Json> {
    private static final int EXCERPT = 200;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final JsonNode node;
    private final String path;
    private final byte[] body;

    private Json(JsonNode node, String path, byte[] body) {
        this.node = node;
        this.path = path;
        this.body = body;
    }

    static Json parse(byte[] body) {
        try {
            var node = MAPPER.readTree(body);
            return new Json(node == null ? MissingNode.getInstance() : node, "", body);
        } catch (JacksonException problem) {
            throw new JsonException("The body is not JSON: " + problem.getOriginalMessage() + ". It begins with: " + excerpt(body),
                problem);
        }
    }

    /** Reads JSON text. Throws {@link JsonException} when it is none. */
    public static Json parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a value (record, map, list, text, number) as JSON in UTF-8. */
    static byte[] bytes(Object value) {
        try {
            return value instanceof Json json ? MAPPER.writeValueAsBytes(json.node) : MAPPER.writeValueAsBytes(value);
        } catch (JacksonException problem) {
            throw new JsonException("json(…) cannot write a " + value.getClass().getName() + ": " + problem.getOriginalMessage()
                + ". Use a record, a map, a list, text or a number.", problem);
        }
    }

    /**
     * Returns what is at a path such as {@code data.items[0].foo}, {@code [-1]} or
     * {@code ['a.b']}; it may be missing.
     */
    public Json at(String path) {
        if (path.isEmpty())
            return this;
        var found = node;
        for (var step : JsonPath.steps(path))
            found = step(found, step);
        return new Json(found, this.path.isEmpty() || path.startsWith("[") ? this.path + path : this.path + "." + path, body);
    }

    private static JsonNode step(JsonNode from, JsonPath.Step step) {
        return switch (step) {
            case JsonPath.Step.Key(var key) -> from.path(key);
            case JsonPath.Step.Place(int index) -> from.path(index < 0 && from.isArray() ? from.size() + index : index);
        };
    }

    /** Tells whether there is nothing here. */
    public boolean isMissing() {
        return node.isMissingNode();
    }

    /** Tells whether there is a JSON {@code null} here. */
    public boolean isNull() {
        return node.isNull();
    }

    /** Returns the text; numbers and booleans as they are written. */
    public String asString() {
        if (!node.isValueNode() || node.isNull() || node.isMissingNode())
            throw wrong("a text");
        return node.asString();
    }

    /** Returns the whole number; a text that is one counts. */
    public int asInt() {
        long value = asLong();
        if (value != (int) value)
            throw wrong("a whole number of 32 bits");
        return (int) value;
    }

    /** Returns the whole number; a text that is one counts. */
    public long asLong() {
        try {
            return new java.math.BigDecimal(number("a whole number")).longValueExact();
        } catch (ArithmeticException | NumberFormatException problem) {
            throw wrong("a whole number");
        }
    }

    /** Returns the number; a text that is one counts. */
    public double asDouble() {
        try {
            return Double.parseDouble(number("a number"));
        } catch (NumberFormatException problem) {
            throw wrong("a number");
        }
    }

    private String number(String expected) {
        if (!node.isNumber() && !node.isString())
            throw wrong(expected);
        var text = node.asString();
        if (text.length() > 400)
            throw wrong(expected);
        return text;
    }

    /** Returns the boolean; the texts {@code true} and {@code false} count. */
    public boolean asBoolean() {
        if (node.isBoolean())
            return node.booleanValue();
        return switch (node.isString() ? node.stringValue() : "") {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("true or false");
        };
    }

    /** Returns the value as a record or class; fields it does not have are ignored. */
    public <T> T as(Class<T> type) {
        if (isMissing())
            throw wrong("a " + type.getSimpleName());
        try {
            return MAPPER.readerFor(type).without(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).readValue(node);
        } catch (JacksonException problem) {
            throw new JsonException(
                here() + " is not a " + type.getSimpleName() + ": " + problem.getOriginalMessage() + ". The body begins with: "
                    + excerpt(body),
                problem);
        }
    }

    /** Returns how many elements or fields there are; 0 for a value and for nothing. */
    public int size() {
        return node.size();
    }

    /** Calls for each element of a list, or each value of an object. */
    public void each(Consumer<Json> action) {
        if (!node.isContainer())
            throw wrong("a list");
        forEach(action);
    }

    /** Returns the elements of a list or the values of an object, in their order. */
    @Override public Iterator<Json> iterator() {
        var index = new int[1];
        return node.values().stream().map(value -> new Json(value, path + "[" + index[0]++ + "]", body)).iterator();
    }

    /** Returns the names of an object's fields. */
    public List<String> keys() {
        return List.copyOf(node.propertyNames());
    }

    private JsonException wrong(String expected) {
        var what = isMissing() ? " is missing" : " is " + shortened(node.toString()) + ", not " + expected;
        return new JsonException(here() + what + ". The body begins with: " + excerpt(body), null);
    }

    private String here() {
        return path.isEmpty() ? "The JSON document" : "\"" + path + "\"";
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static String excerpt(byte[] body) {
        var text = new String(body, 0, Math.min(body.length, EXCERPT * 4), StandardCharsets.UTF_8);
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }

    @Override public boolean equals(@Nullable Object other) {
        return other instanceof Json json && node.equals(json.node);
    }

    @Override public int hashCode() {
        return node.hashCode();
    }

    /** Returns the JSON text; "" for nothing. */
    @Override public String toString() {
        return isMissing() ? "" : node.toString();
    }
}
