package io.katydid.host;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Knows the words of a {@code panel.json}. {@code ui/types} says the same to editors; a test compares them. */
final class PanelWords {
    /** Is the major version of the console's SDK that this Katydid has. */
    static final int SDK = 1;
    static final String DOWNLOAD = "download";
    static final String COMMAND = "command";
    static final String PAGE = "page";
    static final List<String> SLOTS = List.of(PAGE, "overview.card", "request.tab", "worker.tab", "failure.section", "start.section",
        "report.section", "settings.section", DOWNLOAD, COMMAND);
    static final List<String> GROUPS = List.of("run", "library", "system");
    static final List<String> PERMISSIONS = List.of("run.view", "log.view", "report.view", "run.control", "run.annotate", "preset.edit",
        "plugin.manage", "script.edit", "user.manage", "settings.edit", "run.delete", "worker.manage");
    /** Are the console's own topics; those of bundles are called {@code ext.bundle.name}. */
    static final List<String> TOPICS = List.of("run", "tick", "hist", "requests", "failures", "exceptions", "workers", "tasks", "log",
        "plugins", "tests");
    static final List<String> FILE_FIELDS = List.of("$schema", "sdk", "panels");
    static final List<String> FIELDS = List.of("id", "slot", "group", "order", "icon", "title", "module", "styles", "i18n", "permission",
        "topics", "path", "mediaType");
    private static final Set<String> WITH_MODULE = Set.copyOf(SLOTS.stream().filter(slot -> !slot.equals(DOWNLOAD)).toList());
    /** Says of the fields that not every slot has which ones have them. */
    static final Map<String, Set<String>> SLOTS_WITH = Map.of("group", Set.of(PAGE), "path", Set.of(DOWNLOAD, COMMAND), "mediaType",
        Set.of(DOWNLOAD), "module", WITH_MODULE, "styles", WITH_MODULE, "i18n", WITH_MODULE, "topics", WITH_MODULE);
    /** Are the names of the icon sprite, Lucide's. */
    static final List<String> ICONS = List.of("activity", "archive", "arrow-down", "arrow-left", "arrow-right", "arrow-up", "ban", "bell",
        "book-open", "bookmark", "bug", "calendar", "chart-column", "chart-line", "check", "chevron-down", "chevron-left", "chevron-right",
        "chevron-up", "circle-check", "clock", "cloud", "code", "command", "copy", "cpu", "database", "download", "ellipsis",
        "external-link", "eye", "eye-off", "file", "file-code", "file-text", "filter", "flag", "folder", "gauge", "git-compare", "globe",
        "hard-drive", "history", "house", "info", "key", "layers", "layout-dashboard", "link", "list", "lock", "log-out", "mail", "menu",
        "message-square", "minus", "moon", "network", "octagon-x", "package", "pause", "pencil", "play", "plus", "puzzle", "refresh-cw",
        "rotate-ccw", "save", "search", "server", "settings", "shield", "sliders-horizontal", "square", "star", "sun", "table", "tag",
        "terminal", "timer", "trash-2", "triangle-alert", "upload", "user", "users", "x", "zap");

    private PanelWords() {}
}
