package io.katydid.host;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/** Is a bundle that has only files, with a sound panel to begin with. */
final class PanelJson implements PanelFiles.Source {
    static final String SOUND = """
        {
          "$schema": "panel.schema.json",
          "sdk": 1,
          "panels": [
            {
              "id": "kafka-lag",
              "slot": "page",
              "group": "library",
              "order": 80,
              "icon": "activity",
              "title": { "en": "Kafka lag", "zh-CN": "Kafka 积压" },
              "module": "index.js",
              "styles": ["panel.css"],
              "i18n": "i18n/{locale}.json",
              "permission": "log.view",
              "topics": ["tick", "ext.katydid-kafka.lag"]
            }
          ]
        }
        """;
    private final TreeMap<String, byte[]> files = new TreeMap<>();

    PanelJson(String text) {
        this(text.getBytes(StandardCharsets.UTF_8));
    }

    PanelJson(byte[] bytes) {
        files.put("console/panel.json", bytes);
        file("console/index.js", "export default { mount() {} };").file("console/panel.css", ".p-kafka-lag {}")
            .file("console/icons/lag.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").file("console/i18n/en.json", "{}")
            .file("secret/key.txt", "not for the console");
    }

    /** Makes a file with one panel of some fields, beside id, slot, title and module when they are not among them. */
    static PanelJson of(String fields) {
        var all = new StringBuilder(fields);
        for (var usual : new String[]{"\"id\": \"a\"", "\"slot\": \"overview.card\"", "\"title\": {\"en\": \"A\"}",
            "\"module\": \"index.js\""}) {
            if (!fields.contains(usual.substring(0, usual.indexOf(':') + 1))) all.append(all.isEmpty() ? "" : ", ").append(usual);
        }
        return new PanelJson("{\"sdk\": 1, \"panels\": [{" + all + "}]}");
    }

    PanelJson file(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    PanelJson file(String path, int size) {
        files.put(path, new byte[size]);
        return this;
    }

    String text() { return new String(files.get("console/panel.json"), StandardCharsets.UTF_8); }

    Panels read() {
        return Panels.read("console/panel.json", "katydid-kafka", "1.4.0", this);
    }

    @Override public Collection<String> list(String folder) {
        return files.keySet().stream().filter(path -> path.startsWith(folder)).toList();
    }

    @Override public Optional<InputStream> open(String path) {
        return Optional.ofNullable(files.get(path)).map(ByteArrayInputStream::new);
    }
}
