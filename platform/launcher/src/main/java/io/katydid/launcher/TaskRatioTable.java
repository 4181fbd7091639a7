package io.katydid.launcher;

import io.katydid.api.TaskRatios;
import io.katydid.api.TaskRatios.Ratio;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@code --show-task-ratio} and its JSON form. */
final class TaskRatioTable {
    private static final String LINE = "-".repeat(80);

    private TaskRatioTable() {}

    static String text(TaskRatios ratios) {
        var text = new StringBuilder("\n Task ratio per User class\n").append(LINE).append('\n');
        rows(text, ratios.perClass(), 0);
        text.append("\n Total task ratio\n").append(LINE).append('\n');
        rows(text, ratios.total(), 0);
        return text.append('\n').toString();
    }

    private static void rows(StringBuilder text, List<Ratio> ratios, int level) {
        var indent = "  ".repeat(level);
        for (var ratio : ratios) {
            var percent = String.format(Locale.ROOT, "%-6.1f", ratio.ratio() * 100);
            text.append(String.format(Locale.ROOT, " %-10s %-50s", indent + percent, indent + ratio.name()).stripTrailing()).append('\n');
            rows(text, ratio.children(), level + 1);
        }
    }

    static String json(TaskRatios ratios) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("per_class", tree(ratios.perClass()));
        tree.put("total", tree(ratios.total()));
        var indenter = new DefaultIndenter("    ", "\n");
        var printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
        return JsonMapper.shared().writer().with(printer).writeValueAsString(tree) + "\n";
    }

    private static Map<String, Object> tree(List<Ratio> ratios) {
        var tree = new LinkedHashMap<String, Object>();
        for (var ratio : ratios) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("ratio", ratio.ratio());
            if (!ratio.children().isEmpty()) entry.put("tasks", tree(ratio.children()));
            tree.put(ratio.name(), entry);
        }
        return tree;
    }
}
