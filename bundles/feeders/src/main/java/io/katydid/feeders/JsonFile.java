package io.katydid.feeders;

import io.katydid.api.KatydidException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON files whole. */
final class JsonFile {
    private static final TypeReference<List<Map<String, Object>>> OBJECTS = new TypeReference<>() {};

    private JsonFile() {}

    static List<Map<String, Object>> objects(Path file) {
        try {
            return JsonMapper.shared().readValue(file, OBJECTS);
        } catch (JacksonException problem) {
            throw new KatydidException("The file " + file.toAbsolutePath() + " cannot be read: " + problem.getOriginalMessage()
                + ". Is the path right, seen from the folder you started in, and is it one JSON array of objects such as [{\"user\": \"a\"}]?",
                problem);
        }
    }
}
