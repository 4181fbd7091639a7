package io.katydid.distribution;

import io.katydid.distribution.GoTemplate.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Renders the chart for Kubernetes without Helm, and reads what comes out: as YAML 1.1, which is what Kubernetes reads. */
final class Chart {
    static final Path FOLDER = Modules.ROOT.resolve("distribution/kubernetes/chart/katydid");

    private final Map<String, List<Node>> defined = new HashMap<>();
    private final Map<String, List<Node>> templates = new LinkedHashMap<>();

    Chart() throws IOException {
        try (var files = Files.list(FOLDER.resolve("templates"))) {
            for (var file : files.sorted().toList()) {
                var name = file.getFileName().toString();
                var nodes = GoTemplate.parse(name, Files.readString(file), defined);
                if (!name.startsWith("_")) templates.put(name, nodes);
            }
        }
    }

    static Map<String, Object> values() throws IOException {
        return floating(map(load(Files.readString(FOLDER.resolve("values.yaml"))).getFirst()));
    }

    static Map<String, Object> about() throws IOException { return map(load(Files.readString(FOLDER.resolve("Chart.yaml"))).getFirst()); }

    /** Gives each template's text, those that are empty left out; a change is a path such as {@code worker.replicas} and its value, as YAML. */
    Map<String, String> render(String release, String service, Map<String, String> changes) throws IOException {
        var values = values();
        changes.forEach((path, yaml) -> put(values, path, load(yaml).getFirst()));
        var about = new HashMap<String, Object>();
        about().forEach((key, value) -> about.put(Character.toUpperCase(key.charAt(0)) + key.substring(1), value));
        var root = Map.of("Values", values, "Chart", about,
            "Release", Map.of("Name", release, "Namespace", "load", "Revision", 3L, "Service", service));
        var rendering = new GoRendering(defined, root);
        var texts = new LinkedHashMap<String, String>();
        templates.forEach((name, nodes) -> {
            var text = rendering.render(nodes);
            if (!text.isBlank()) texts.put(name, text.strip() + "\n");
        });
        return texts;
    }

    private static void put(Map<String, Object> values, String path, Object value) {
        var keys = path.split("\\.", 2);
        if (keys.length == 2) put(map(values.get(keys[0])), keys[1], value);
        else if (!values.containsKey(path)) throw new IllegalArgumentException("values.yaml has no '" + path + "'.");
        else values.put(path, value instanceof Map<?, ?> ? floating(map(value)) : floated(value));
    }

    /** Reads all documents of a text; a key that comes twice is an error. */
    static List<Object> load(String yaml) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return StreamSupport.stream(new Yaml(new SafeConstructor(options)).loadAll(yaml).spliterator(), false).toList();
    }

    @SuppressWarnings("unchecked") static Map<String, Object> map(Object value) {
        if (!(value instanceof Map<?, ?>)) throw new IllegalArgumentException("This is no map: " + value);
        return (Map<String, Object>) value;
    }

    /** A chart's numbers are floating ones, as Helm reads them by way of JSON. */
    private static Map<String, Object> floating(Map<String, Object> values) {
        var copy = new LinkedHashMap<String, Object>();
        values.forEach((key, value) -> copy.put(key, floated(value)));
        return copy;
    }

    private static Object floated(Object value) {
        return switch (value) {
            case Integer number -> (Object) number.doubleValue();
            case Map<?, ?> map -> floating(map(map));
            case List<?> list -> new ArrayList<>(list.stream().map(Chart::floated).toList());
            default -> value;
        };
    }
}
