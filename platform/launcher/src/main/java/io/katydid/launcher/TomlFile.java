package io.katydid.launcher;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads options from a table of a TOML file. */
final class TomlFile {
    private TomlFile() {}

    /** Gives the texts by key of a table such as {@code tool.locust}, or of the file's top for ""; arrays as {@code [a, b]}. */
    static Map<String, String> parse(String text, String table, String label) {
        try {
            JsonNode node = new TomlMapper().readTree(text);
            for (var step : table.isEmpty() ? new String[0] : table.split("\\.")) node = node.path(step);
            var values = new LinkedHashMap<String, String>();
            for (var property : node.properties()) {
                if (!property.getValue().isObject()) values.put(ConfFile.key(property.getKey()), text(property.getValue()));
            }
            return values;
        } catch (JacksonException problem) {
            var where = problem.getLocation();
            throw Refusal.usage(label + (where == null ? "" : ", line " + where.getLineNr()) + ": this is not TOML: "
                + problem.getOriginalMessage() + ". Correct the line.");
        }
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) return value.asString();
        if (value.valueStream().anyMatch(JsonNode::isObject)) return value.toString();
        return value.valueStream().map(JsonNode::asString).toList().toString();
    }
}
