package io.katydid.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads one panel of a {@code panel.json}. Whatever is wrong becomes a problem, and the field what it is when nobody writes it. */
final class PanelFields {
    private static final int USUAL_ORDER = 100;
    private static final int LAST_ORDER = 10_000;
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern LOCALE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*");
    private static final Pattern BUNDLE_TOPIC = Pattern.compile("ext\\.[\\w-]+(\\.[\\w-]+)+");
    private static final Pattern ADDRESS = Pattern.compile("[\\w.~-]+(/[\\w.~-]+)*(\\?[\\w.~=&%-]+)?");
    private static final Pattern ROUTE = Pattern.compile("/([\\w.~-]+(/[\\w.~-]+)*)?(\\?[\\w.~=&%-]+)?");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w.+-]+/[\\w.+-]+(; ?charset=[\\w-]+)?");
    private static final String RUN = "{run}";
    private static final String LOCALE_HERE = "{locale}";

    private final JsonNode panel;
    private final String at;
    private final PanelFiles files;
    private final PanelProblems problems;
    private final String slot;

    PanelFields(JsonNode panel, String at, PanelFiles files, PanelProblems problems) {
        this.panel = panel;
        this.at = at;
        this.files = files;
        this.problems = problems;
        slot = oneOf("slot", PanelWords.SLOTS, "");
    }

    /** Gives the panel's id, "" when it has none that can be one. */
    String id() {
        var value = panel.path("id");
        if (value.isString() && ID.matcher(value.stringValue()).matches()) return value.stringValue();
        wrong("id", "Write a lower case letter, then lower case letters, digits and '-'");
        return "";
    }

    BundlePanel read(String id, BundlePanel.Content content) {
        for (var name : panel.propertyNames()) {
            if (!PanelWords.FIELDS.contains(name)) problems.addField(at, name, PanelWords.FIELDS);
        }
        if (!slot.isEmpty()) fieldsOfSlot();
        return new BundlePanel(content, id, slot, slot.equals(PanelWords.PAGE) ? oneOf("group", PanelWords.GROUPS, "run") : "", order(),
            icon(), title(id), given("module") ? file("module", panel.path("module"), ".js", ".mjs") : "",
            list("styles", (where, value) -> file(where, value, ".css")), given("i18n") ? i18n() : "",
            oneOf("permission", PanelWords.PERMISSIONS, "run.view"), list("topics", this::topic), path(), mediaType());
    }

    private boolean given(String name) { return panel.has(name); }

    private String place(String name) { return at + "." + name; }

    private void wrong(String name, String advice) {
        if (given(name)) problems.add(place(name), panel.path(name), advice);
        else problems.addMissing(place(name), advice);
    }

    private String oneOf(String name, List<String> words, String otherwise) {
        if (!given(name) && !otherwise.isEmpty()) return otherwise;
        var value = panel.path(name);
        if (value.isString() && words.contains(value.stringValue())) return value.stringValue();
        if (given(name)) problems.addUnknown(place(name), value, words);
        else problems.addMissing(place(name), "Use one of " + String.join(", ", words));
        return otherwise;
    }

    private void fieldsOfSlot() {
        PanelWords.FIELDS.forEach(name -> {
            var slots = PanelWords.SLOTS_WITH.get(name);
            if (slots == null || slots.contains(slot) || !given(name)) return;
            problems.add(place(name), panel.path(name), "The slot " + slot + " has no " + name + ". Take it away or choose another slot");
        });
        if (slot.equals(PanelWords.DOWNLOAD)) return;
        if (slot.equals(PanelWords.COMMAND)) {
            if (given("module") == given("path"))
                wrong("module", "A command has a module that it runs or the path of a page that it opens: write exactly one of the two");
        } else if (!given("module")) {
            problems.addMissing(place("module"), "Write the path of the module to load, such as \"index.js\"");
        }
    }

    private int order() {
        var value = panel.path("order");
        if (!given("order")) return USUAL_ORDER;
        if (value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0 && value.intValue() <= LAST_ORDER)
            return value.intValue();
        wrong("order", "Write a whole number from 0 to " + LAST_ORDER);
        return USUAL_ORDER;
    }

    private String icon() {
        var value = panel.path("icon");
        if (!given("icon")) return "";
        if (value.isString() && value.stringValue().indexOf('.') >= 0) return file("icon", value, ".svg");
        if (value.isString() && PanelWords.ICONS.contains(value.stringValue())) return value.stringValue();
        wrong("icon", "Use a name of the icon sprite, listed in panel.schema.json, or the path of an .svg file of the bundle"
            + (value.isString() ? Nearest.hint(value.stringValue(), PanelWords.ICONS) : ""));
        return "";
    }

    private Map<String, String> title(String id) {
        var texts = new LinkedHashMap<String, String>();
        var value = panel.path("title");
        if (!value.isObject()) {
            wrong("title", "Write an object of texts by locale, such as {\"en\": \"Pace\"}");
        } else {
            value.properties().forEach(entry -> titleIn(entry.getKey(), entry.getValue(), texts));
            if (!value.has("en")) problems.addMissing(place("title.en"), "Write the title in English; all other languages fall back to it");
        }
        // A panel of another SDK is listed too, and a list needs a word.
        texts.putIfAbsent("en", id);
        return Map.copyOf(texts);
    }

    private void titleIn(String locale, JsonNode text, Map<String, String> texts) {
        if (!LOCALE.matcher(locale).matches())
            problems.addField(place("title"), locale, List.of("locales such as en or zh-CN"));
        else
            if (!text.isString() || text.stringValue().isBlank())
                problems.add(place("title." + locale), text, "Write a text that says something");
            else
                texts.put(locale, text.stringValue());
    }

    private String file(String name, JsonNode value, String... endings) {
        var place = place(name);
        var ending = String.join(" or ", endings);
        if (!value.isString() || !PanelPath.isBelow(value.stringValue())) {
            problems.add(place, value, "Write the path of a " + ending + " file below " + files.folder()
                + ", relative to it, without '.' and '..' as steps");
            return "";
        }
        var path = value.stringValue();
        if (List.of(endings).stream().noneMatch(path::endsWith)) {
            problems.add(place, value, "Name a " + ending + " file: a browser takes no other here");
        } else if (!files.names().contains(path)) {
            problems.add(place, value, "The bundle has no " + files.folder() + path + ". Put the file there or correct the path"
                + Nearest.hint(path, files.names()));
        } else {
            return path;
        }
        return "";
    }

    private String i18n() {
        var value = panel.path("i18n");
        var pattern = value.isString() ? value.stringValue() : "";
        if (pattern.split("\\{locale}", -1).length != 2 || !pattern.endsWith(".json") || !PanelPath.isBelow(pattern)) {
            wrong("i18n", "Write the path of the texts with " + LOCALE_HERE + " in it once, such as \"i18n/{locale}.json\"");
            return "";
        }
        var english = pattern.replace(LOCALE_HERE, "en");
        if (files.names().contains(english)) return pattern;
        wrong("i18n",
            "The bundle has no " + files.folder() + english + ". Put the English texts there; all other languages fall back to them");
        return "";
    }

    /** Reads one value of a list; "" when it is wrong. */
    private interface Item {
        String read(String where, JsonNode value);
    }

    private List<String> list(String name, Item item) {
        var values = panel.path(name);
        if (!given(name)) return List.of();
        if (!values.isArray()) {
            wrong(name, "Write a list, such as []");
            return List.of();
        }
        var read = new ArrayList<String>();
        for (int i = 0; i < values.size(); i++) {
            var text = item.read(name + "[" + i + "]", values.path(i));
            if (!text.isEmpty()) read.add(text);
        }
        return List.copyOf(read);
    }

    private String topic(String where, JsonNode value) {
        var text = value.isString() ? value.stringValue() : "";
        if (PanelWords.TOPICS.contains(text) || BUNDLE_TOPIC.matcher(text).matches()) return text;
        problems.add(place(where), value, "Use " + among(PanelWords.TOPICS) + ", or ext.<bundle>.<name>"
            + Nearest.hint(text, PanelWords.TOPICS));
        return "";
    }

    private static String among(Collection<String> words) { return "one of " + String.join(", ", words); }

    private String path() {
        return switch (slot) {
            case PanelWords.DOWNLOAD -> matching("path", ADDRESS,
                "Write an address below /api/v1/ext/<bundle>/, such as \"runs/{run}/lag.csv\", without '..'");
            case PanelWords.COMMAND -> given("path") ? matching("path", ROUTE, "Write a route of the console, such as \"/history\"") : "";
            default -> "";
        };
    }

    private String mediaType() {
        return slot.equals(PanelWords.DOWNLOAD) ? matching("mediaType", MEDIA_TYPE, "Write a media type, such as \"text/csv\"") : "";
    }

    private String matching(String name, Pattern pattern, String advice) {
        var value = panel.path(name);
        var text = value.isString() ? value.stringValue() : "";
        var plain = text.replace(RUN, "0");
        if (pattern.matcher(plain).matches() && !List.of(plain.split("[/?]")).contains("..")) return text;
        wrong(name, advice);
        return "";
    }

}
