package io.katydid.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks at ui/: its panels are sound and keep the console's rules, and its types say the same as the code that reads panels. */
class UiTest {
    private static final Path UI = Path.of(System.getProperty("katydid.basedir", "../.."), "ui").toAbsolutePath().normalize();
    private static final Path TYPES = UI.resolve("types");
    private static final Pattern FORBIDDEN = Pattern.compile(
        "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|unsafeHTML|unsafeSVG|styleMap|\\beval\\s*\\(|new\\s+Function\\b|customElements\\s*\\.\\s*define"
            + "|<[^>]*\\sstyle\\s*=|\\.style\\.cssText|setAttribute\\(\\s*['\"]style|<[^>]*\\son\\w+\\s*=|\\battachShadow\\b|https?://");

    private record Folder(Path home) implements PanelFiles.Source {
        @Override public Collection<String> list(String folder) {
            try (var files = Files.walk(home.resolve(folder))) {
                return files.filter(Files::isRegularFile).map(file -> home.relativize(file).toString().replace('\\', '/')).toList();
            } catch (IOException unreadable) {
                throw new java.io.UncheckedIOException(unreadable);
            }
        }

        @Override public Optional<InputStream> open(String path) throws IOException {
            return Optional.of(Files.newInputStream(home.resolve(path)));
        }
    }

    private static List<Path> panels() throws IOException {
        try (var folders = Files.list(UI.resolve("panels"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).sorted().toList();
        }
    }

    private static List<Path> sources(String... endings) throws IOException {
        try (var files = Files.walk(UI)) {
            return files.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                .filter(file -> !file.toString().contains("/target/") && !file.startsWith(TYPES)).sorted().toList();
        }
    }

    private static JsonNode json(Path file) throws IOException {
        return JsonMapper.shared().readTree(Files.readAllBytes(file));
    }

    @Test void eachPanelIsSound() throws IOException {
        var seen = 0;
        for (var panel : panels()) {
            var read = Panels.read("console/panel.json", "b", "1", new Folder(panel));
            assertThat(read.problems()).as("%s", panel).isEmpty();
            assertThat(Files.readString(UI.resolve("pom.xml"))).as("modules")
                .contains("<module>panels/" + panel.getFileName() + "</module>");
            seen += read.all().size();
        }
        assertThat(seen).as("panels").isGreaterThanOrEqualTo(1);
    }

    @Test void eachPanelSaysTheSameInAllLanguages() throws IOException {
        var seen = new ArrayList<Path>();
        for (var panel : panels()) {
            var english = texts(panel.resolve("console/i18n/en.json"));
            var chinese = texts(panel.resolve("console/i18n/zh-CN.json"));
            assertThat(chinese).as("keys and placeholders of %s", panel).isEqualTo(english);
            var code = Files.readString(panel.resolve("console/index.js"));
            assertThat(english.keySet()).as("%s", panel).isNotEmpty().allSatisfy(key -> assertThat(code).contains("ctx.t('" + key + "'"));
            for (var used = Pattern.compile("ctx\\.t\\('([^']+)'").matcher(code).results().iterator(); used.hasNext();)
                assertThat(english).containsKey(used.next().group(1));
            seen.add(panel);
        }
        assertThat(seen).isNotEmpty();
    }

    /** Gives the placeholders by key. */
    private static TreeMap<String, TreeSet<String>> texts(Path file) throws IOException {
        var texts = new TreeMap<String, TreeSet<String>>();
        for (var entry : json(file).properties()) {
            assertThat(entry.getValue().isString()).as(entry.getKey() + " in " + file).isTrue();
            var holders = new TreeSet<String>();
            Pattern.compile("\\{(\\w+)").matcher(entry.getValue().stringValue()).results().forEach(found -> holders.add(found.group(1)));
            texts.put(entry.getKey(), holders);
        }
        return texts;
    }

    @Test void nothingForbiddenIsUsed() throws IOException {
        var files = sources(".js", ".mjs", ".html", ".svg");
        assertThat(files.size()).as("scripts and pages seen").isGreaterThanOrEqualTo(1);
        for (var file : files) {
            var found = FORBIDDEN.matcher(Files.readString(file).replace("http://www.w3.org/2000/svg", ""));
            assertThat(found.find() ? found.group() : "").as("forbidden in %s", file).isEmpty();
        }
        assertThat(
            List.of("el.innerHTML = x", "html`<p style=${x}>`", "html`<p @click=${x} onclick=\"y\">`", "eval('x')", "new Function('x')",
                "customElements.define('x-y', X)", "unsafeHTML(x)", "styleMap({})"))
            .allMatch(code -> FORBIDDEN.matcher(code).find());
        assertThat(FORBIDDEN.matcher("html`<p @click=${x} .title=${y} class=\"z\">`; ctx.element('x-y', X)").find()).isFalse();
    }

    @Test void eachSelectorBeginsWithTheClassOfItsPanel() throws IOException {
        var seen = 0;
        for (var panel : panels()) {
            var ids = new ArrayList<String>();
            json(panel.resolve("console/panel.json")).path("panels").forEach(one -> ids.add(one.path("id").stringValue()));
            for (var file : sources(".css").stream().filter(file -> file.startsWith(panel)).toList()) {
                var css = Files.readString(file);
                assertThat(css).as("%s", file).startsWith("@layer panels {").doesNotContain("@import");
                for (var rules = Pattern.compile("([^{};@]+)\\{").matcher(css.substring(css.indexOf('{') + 1)).results().iterator(); rules
                    .hasNext();) {
                    for (var selector : rules.next().group(1).split(",")) {
                        seen++;
                        assertThat(ids).as("%s in %s", selector.strip(), file)
                            .anyMatch(id -> selector.strip().matches("\\.p-" + id + "(\\W.*)?"));
                    }
                }
            }
        }
        assertThat(seen).as("selectors seen").isGreaterThanOrEqualTo(2);
    }

    @Test void theSmallestPanelOfTheReadmeIsSoundAndAsSmallAsItSays() throws IOException {
        var readme = Files.readString(UI.resolve("README.md"));
        var blocks = Pattern.compile("(?s)```(\\w*)\n(.*?)```").matcher(readme).results()
            .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        var lines = Stream.of("json", "js", "").mapToLong(kind -> blocks.get(kind).lines().count()).sum();
        assertThat(readme).contains("Three files, " + lines + " lines");
        assertThat(blocks.get("").strip()).isEqualTo(Panels.HEADER + ": console/panel.json");
        assertThat(FORBIDDEN.matcher(blocks.get("js")).find()).isFalse();
        var panels = new PanelJson(blocks.get("json")).file("console/index.js", blocks.get("js")).read();
        assertThat(panels.problems()).isEmpty();
        assertThat(panels.all()).hasSize(1);
    }

    @Test void theSchemaNamesTheSameFieldsAndWords() throws IOException {
        var schema = json(TYPES.resolve("panel.schema.json"));
        var fields = schema.path("$defs").path("panel").path("properties");
        assertThat(schema.path("properties").propertyNames()).containsExactlyElementsOf(PanelWords.FILE_FIELDS).hasSize(3);
        assertThat(schema.path("properties").path("sdk").path("const").intValue()).isEqualTo(PanelWords.SDK);
        assertThat(fields.propertyNames()).containsExactlyElementsOf(PanelWords.FIELDS).hasSize(13);
        assertThat(words(fields.path("slot"))).containsExactlyElementsOf(PanelWords.SLOTS).hasSize(10);
        assertThat(words(fields.path("group"))).containsExactlyElementsOf(PanelWords.GROUPS).hasSize(3);
        assertThat(words(fields.path("permission"))).containsExactlyElementsOf(PanelWords.PERMISSIONS).hasSize(12);
        assertThat(words(fields.path("topics").path("items").path("anyOf").path(0))).containsExactlyElementsOf(PanelWords.TOPICS)
            .hasSize(11);
        assertThat(words(fields.path("icon").path("anyOf").path(0))).containsExactlyElementsOf(PanelWords.ICONS).hasSize(87);
    }

    private static List<String> words(JsonNode node) {
        var words = new ArrayList<String>();
        node.path("enum").forEach(word -> words.add(word.stringValue()));
        return words;
    }

    @Test void theDeclarationsNameTheSameWords() throws IOException {
        var types = Files.readString(TYPES.resolve("katydid-console.d.ts"));
        assertThat(union(types, "Slot")).containsExactlyElementsOf(PanelWords.SLOTS);
        assertThat(union(types, "Permission")).containsExactlyElementsOf(PanelWords.PERMISSIONS);
        assertThat(union(types, "IconName")).containsExactlyElementsOf(PanelWords.ICONS);
        var topics = types.substring(types.indexOf("export interface Topics {"), types.indexOf("/** The totals of one second. */"));
        assertThat(Pattern.compile("(?m)^    (\\w+): ").matcher(topics).results().map(found -> found.group(1)))
            .containsExactlyElementsOf(PanelWords.TOPICS);
    }

    private static List<String> union(String types, String name) {
        var from = types.indexOf("export type " + name + " =");
        return Pattern.compile("'([^']+)'").matcher(types.substring(from, types.indexOf(';', from))).results().map(found -> found.group(1))
            .toList();
    }

    @Test void theDeclarationsHaveEachMemberAndComponentOfTheSdk() throws IOException {
        var types = Files.readString(TYPES.resolve("katydid-console.d.ts"));
        var members = List.of("panel", "signal", "api", "live", "run", "range", "request", "charts", "ui", "t", "fmt", "theme", "user",
            "nav", "store",
            "restored", "element", "slot");
        var declared = types.substring(types.indexOf("interface PanelContext"), types.indexOf("/** Which panel this is. */"))
            + types.substring(types.indexOf("export interface Helpers"), types.indexOf("// ---- HTTP"));
        assertThat(members).hasSize(18)
            .allMatch(member -> Pattern.compile("(?m)^    (readonly )?" + member + "[:(]").matcher(declared).find());
        var components = List.of("page-head", "card", "tile", "table", "badge", "chip", "icon", "button", "segmented", "select", "field",
            "number",
            "duration", "secret", "switch", "checkbox", "tabs", "drawer", "dialog", "menu", "empty", "error", "skeleton", "meter", "log");
        var map = types.substring(types.indexOf("interface HTMLElementTagNameMap"));
        assertThat(Pattern.compile("'kt-([\\w-]+)': ").matcher(map).results().map(found -> found.group(1)))
            .containsExactlyElementsOf(components)
            .hasSize(25);
    }
}
