package io.katydid.launcher;

import io.katydid.api.KatydidException;
import io.katydid.api.UserClass;
import io.katydid.kernel.KernelEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Applies {@code --config-users}: JSON objects, arrays of them, or files of either. */
final class ConfigUsers {
    private ConfigUsers() {}

    /** Tells whether a text is an object or an array of objects, and not names of files. */
    static boolean isJson(String text) {
        return text.strip().matches("(?s)\\[?\\s*\\{.*");
    }

    static List<Map<String, Object>> read(List<String> texts, Path folder) {
        var entries = new ArrayList<Map<String, Object>>();
        for (var text : texts) {
            var node = tree(text, folder);
            if (node.isArray()) {
                node.forEach(entry -> entries.add(entry(entry)));
            } else {
                entries.add(entry(node));
            }
        }
        return List.copyOf(entries);
    }

    private static JsonNode tree(String text, Path folder) {
        try {
            return JsonMapper.shared().readTree(text.endsWith(".json") ? Files.readString(folder.resolve(text)) : text);
        } catch (JacksonException problem) {
            throw Refusal.usage("--config-users: this is not JSON: " + text + ". " + problem.getOriginalMessage()
                + ". Give {\"user_class_name\": \"X\", …} or a .json file.");
        } catch (IOException problem) {
            throw Refusal.usage("--config-users: the file '" + text + "' cannot be read. Give the path of a .json file.");
        }
    }

    @SuppressWarnings("unchecked") private static Map<String, Object> entry(JsonNode node) {
        if (!node.isObject() || !node.path("user_class_name").isString()) {
            throw Refusal.usage("--config-users: " + node + " does not say which class it is for. Add \"user_class_name\": \"X\".");
        }
        return JsonMapper.shared().treeToValue(node, Map.class);
    }

    static void apply(List<Map<String, Object>> entries, KernelEnvironment environment) {
        for (var entry : entries) {
            var name = String.valueOf(entry.get("user_class_name"));
            if (environment.userClasses().stream().map(UserClass::name).noneMatch(name::equals)) {
                throw new Refusal(ExitCode.REFUSED, "Error applying user config, there is no user class '" + name + "'. The script has "
                    + String.join(", ", environment.userClasses().stream().map(UserClass::name).toList()) + ".");
            }
            try {
                environment.updateUserClass(entry);
            } catch (KatydidException | ClassCastException | NullPointerException problem) {
                throw Refusal.usage("--config-users: " + entry + " cannot be applied to " + name + ": " + problem.getMessage());
            }
        }
    }
}
