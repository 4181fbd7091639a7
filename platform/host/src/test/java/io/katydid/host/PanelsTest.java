package io.katydid.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.web.ConsolePanel;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Reads panels, sound ones and each thing that can be wrong with one. */
class PanelsTest {

    @Test void readsEachField() throws Exception {
        var panels = new PanelJson(PanelJson.SOUND).read();
        assertThat(panels.problems()).isEmpty();
        assertThat(panels.error()).isEmpty();
        assertThat(panels.all()).singleElement().satisfies(panel -> {
            assertThat(panel.key()).isEqualTo("katydid-kafka/kafka-lag");
            assertThat(panel.bundle() + " " + panel.version() + " " + panel.sdk()).isEqualTo("katydid-kafka 1.4.0 1");
            assertThat(panel.revision()).matches("[0-9a-f]{12}");
            assertThat(panel.slot() + " " + panel.group() + " " + panel.order() + " " + panel.icon()).isEqualTo("page library 80 activity");
            assertThat(panel.title()).containsEntry("en", "Kafka lag").containsEntry("zh-CN", "Kafka 积压").hasSize(2);
            assertThat(panel.module() + " " + panel.styles() + " " + panel.i18n()).isEqualTo("index.js [panel.css] i18n/{locale}.json");
            assertThat(panel.permission() + " " + panel.topics()).isEqualTo("log.view [tick, ext.katydid-kafka.lag]");
            assertThat(panel.path() + panel.mediaType() + panel.problem()).isEmpty();
            assertThat(panel.state()).isEqualTo(ConsolePanel.State.OK);
            assertThat(panel.files()).containsExactly("i18n/en.json", "icons/lag.svg", "index.js", "panel.css", "panel.json");
            assertThat(new String(panel.open("index.js").orElseThrow().readAllBytes())).startsWith("export default");
            assertThat(
                Stream.of("../secret/key.txt", "gone.js", "", "/index.js", "./index.js", "i18n", "i18n/../index.js").map(panel::open))
                .allMatch(java.util.Optional::isEmpty);
        });
    }

    @Test void leavesTheRestToWhatIsUsual() {
        assertThat(PanelJson.of("").read().all()).singleElement().satisfies(panel -> {
            assertThat(panel.slot() + " " + panel.order() + " " + panel.permission()).isEqualTo("overview.card 100 run.view");
            assertThat(panel.group() + panel.icon() + panel.i18n()).isEmpty();
            assertThat(panel.styles()).isEmpty();
            assertThat(panel.topics()).isEmpty();
        });
        assertThat(PanelJson.of("\"slot\": \"page\"").read().all()).singleElement().extracting(ConsolePanel::group).isEqualTo("run");
    }

    @TestFactory Stream<DynamicTest> acceptsWhatIsSound() {
        return Stream.of("\"icon\": \"icons/lag.svg\"", "\"order\": 0", "\"topics\": []", "\"styles\": []",
            "\"slot\": \"download\", \"module\": null, \"path\": \"a\", \"mediaType\": \"text/csv\"",
            "\"slot\": \"command\", \"path\": \"/runs/7/requests?q=a\", \"module\": null", "\"slot\": \"command\"")
            .map(fields -> DynamicTest.dynamicTest(fields, () -> {
                var without = fields.contains("\"module\": null") ? fields.replace("\"module\": null", "\"order\": 5") : fields;
                var text = PanelJson.of(without);
                var read = fields.equals(without) ? text : new PanelJson(
                    "{\"sdk\": 1, \"panels\": [{\"id\": \"a\", \"title\": {\"en\": \"A\"}, " + without + "}]}");
                assertThat(read.read().problems()).isEmpty();
            }));
    }

    @TestFactory Stream<DynamicTest> saysWhatIsWrongWithAField() {
        var slots = String.join(", ", PanelWords.SLOTS);
        return Stream.of(
            wrong("\"slot\": \"pages\"",
                "panels[0].slot is \"pages\". Use one of page, overview.card, request.tab, worker.tab, failure.section, start.section,"
                    + " report.section, settings.section, download, command. Did you mean \"page\"?"),
            wrong("\"slot\": 7", "panels[0].slot is 7. Use one of " + slots),
            wrong("\"id\": \"Lag\"", "panels[0].id is \"Lag\". Write a lower case letter, then lower case letters, digits and '-'"),
            wrong("\"slot\": \"page\", \"group\": \"libary\"",
                "panels[0].group is \"libary\". Use one of run, library, system. Did you mean \"library\"?"),
            wrong("\"group\": \"run\"",
                "panels[0].group is \"run\". The slot overview.card has no group. Take it away or choose another slot"),
            wrong("\"order\": \"80\"", "panels[0].order is \"80\". Write a whole number from 0 to 10000"),
            wrong("\"order\": -1", "panels[0].order is -1. Write a whole number from 0 to 10000"),
            wrong("\"order\": 1e99", "panels[0].order is 1.0E99. Write a whole number from 0 to 10000"),
            wrong("\"icon\": \"activty\"",
                "panels[0].icon is \"activty\". Use a name of the icon sprite, listed in panel.schema.json, or the path of an .svg file of the bundle."
                    + " Did you mean \"activity\"?"),
            wrong("\"icon\": \"icons/leg.svg\"",
                "panels[0].icon is \"icons/leg.svg\". The bundle has no console/icons/leg.svg. Put the file there or correct the path."
                    + " Did you mean \"icons/lag.svg\"?"),
            wrong("\"icon\": \"lag.png\"", "panels[0].icon is \"lag.png\". Name a .svg file: a browser takes no other here"),
            wrong("\"title\": \"A\"", "panels[0].title is \"A\". Write an object of texts by locale, such as {\"en\": \"Pace\"}"),
            wrong("\"title\": {\"zh-CN\": \"节奏\"}",
                "panels[0].title.en is missing. Write the title in English; all other languages fall back to it"),
            wrong("\"title\": {\"en\": \" \"}", "panels[0].title.en is \" \". Write a text that says something"),
            wrong("\"title\": {\"en\": \"A\", \"English\": \"A\"}",
                "panels[0].title has the field \"English\", which nobody reads. Use locales such as en or zh-CN"),
            wrong("\"module\": \"indx.js\"",
                "panels[0].module is \"indx.js\". The bundle has no console/indx.js. Put the file there or correct the path. Did you mean \"index.js\"?"),
            wrong("\"module\": \"../secret/key.js\"",
                "panels[0].module is \"../secret/key.js\". Write the path of a .js or .mjs file below console/, relative to it, without '.' and '..' as steps"),
            wrong("\"module\": \"/index.js\"",
                "panels[0].module is \"/index.js\". Write the path of a .js or .mjs file below console/, relative to it, without '.' and '..' as steps"),
            wrong("\"module\": \"a\\\\index.js\"",
                "panels[0].module is \"a\\\\index.js\". Write the path of a .js or .mjs file below console/, relative to it, without '.' and '..' as steps"),
            wrong("\"module\": \"index.ts\"", "panels[0].module is \"index.ts\". Name a .js or .mjs file: a browser takes no other here"),
            wrong("\"module\": null",
                "panels[0].module is null. Write the path of a .js or .mjs file below console/, relative to it, without '.' and '..' as steps"),
            wrong("\"styles\": \"panel.css\"", "panels[0].styles is \"panel.css\". Write a list, such as []"),
            wrong("\"styles\": [\"panel.css\", \"panl.css\"]",
                "panels[0].styles[1] is \"panl.css\". The bundle has no console/panl.css. Put the file there or correct the path. Did you mean \"panel.css\"?"),
            wrong("\"i18n\": \"i18n/en.json\"",
                "panels[0].i18n is \"i18n/en.json\". Write the path of the texts with {locale} in it once, such as \"i18n/{locale}.json\""),
            wrong("\"i18n\": \"texts/{locale}.json\"",
                "panels[0].i18n is \"texts/{locale}.json\". The bundle has no console/texts/en.json. Put the English texts there; all other languages fall back to them"),
            wrong("\"permission\": \"run.views\"",
                "panels[0].permission is \"run.views\". Use one of run.view, log.view, report.view, run.control, run.annotate, preset.edit,"
                    + " plugin.manage, script.edit, user.manage, settings.edit, run.delete, worker.manage. Did you mean \"run.view\"?"),
            wrong("\"topics\": [\"tick\", \"ticks\"]",
                "panels[0].topics[1] is \"ticks\". Use one of run, tick, hist, requests, failures, exceptions, workers, tasks, log, plugins, tests,"
                    + " or ext.<bundle>.<name>. Did you mean \"tick\"?"),
            wrong("\"topics\": [7]",
                "panels[0].topics[0] is 7. Use one of run, tick, hist, requests, failures, exceptions, workers, tasks, log, plugins, tests, or ext.<bundle>.<name>"),
            wrong("\"titel\": 1",
                "panels[0] has the field \"titel\", which nobody reads. Use id, slot, group, order, icon, title, module, styles, i18n, permission,"
                    + " topics, path, mediaType. Did you mean \"title\"?"),
            wrong("\"path\": \"a\"", "panels[0].path is \"a\". The slot overview.card has no path. Take it away or choose another slot"),
            wrong("\"slot\": \"command\", \"path\": \"/history\"",
                "panels[0].module is \"index.js\". A command has a module that it runs or the path of a page that it opens: write exactly one of the two"),
            wrong("\"slot\": \"download\", \"path\": \"lag.csv\", \"mediaType\": \"text/csv\"",
                "panels[0].module is \"index.js\". The slot download has no module. Take it away or choose another slot"))
            .map(expected -> DynamicTest.dynamicTest(expected[0], () -> {
                var panels = PanelJson.of(expected[0]).read();
                assertThat(panels.problems()).containsExactly("panel.json: " + expected[1]);
                assertThat(panels.all()).isEmpty();
            }));
    }

    private static String[] wrong(String fields, String problem) { return new String[]{fields, problem}; }

    @TestFactory Stream<DynamicTest> saysWhatIsWrongWithAFile() {
        return Stream.of(
            wrong("", "panel.json: it holds nothing. Write an object: {\"sdk\": 1, \"panels\": […]}"),
            wrong("[1]", "panel.json: it holds [1]. Write an object: {\"sdk\": 1, \"panels\": […]}"),
            wrong("{\"panels\": [], \"skd\": 1}", "panel.json: sdk is missing. Write 1, the major version of the console's SDK",
                "panel.json: the file has the field \"skd\", which nobody reads. Use $schema, sdk, panels. Did you mean \"sdk\"?",
                "panel.json: panels is []. Write a list with at least one panel"),
            wrong("{\"sdk\": \"1\"}", "panel.json: sdk is \"1\". Write 1, the major version of the console's SDK",
                "panel.json: panels is missing. Write a list with at least one panel"),
            wrong("{\"sdk\": 1, \"panels\": [7]}",
                "panel.json: panels[0] is 7. Write an object with at least id, slot, title and module"),
            wrong("{\"sdk\": 1, \"panels\": [{}]}",
                "panel.json: panels[0].slot is missing. Use one of page, overview.card, request.tab, worker.tab, failure.section, start.section,"
                    + " report.section, settings.section, download, command",
                "panel.json: panels[0].id is missing. Write a lower case letter, then lower case letters, digits and '-'",
                "panel.json: panels[0].title is missing. Write an object of texts by locale, such as {\"en\": \"Pace\"}"),
            wrong("{\"sdk\": 1, \"panels\": [{\"id\": \"a\", \"slot\": \"page\", \"title\": {\"en\": \"A\"}}]}",
                "panel.json: panels[0].module is missing. Write the path of the module to load, such as \"index.js\""),
            wrong("{\"sdk\": 1, \"panels\": [{\"id\": \"a\", \"slot\": \"command\", \"title\": {\"en\": \"A\"}}]}",
                "panel.json: panels[0].module is missing. A command has a module that it runs or the path of a page that it opens: write exactly one of the two"),
            wrong(
                "{\"sdk\": 1, \"panels\": [{\"id\": \"a\", \"slot\": \"download\", \"title\": {\"en\": \"A\"}, \"path\": \"../x\", \"mediaType\": \"csv\"}]}",
                "panel.json: panels[0].path is \"../x\". Write an address below /api/v1/ext/<bundle>/, such as \"runs/{run}/lag.csv\", without '..'",
                "panel.json: panels[0].mediaType is \"csv\". Write a media type, such as \"text/csv\""),
            wrong(
                "{\"sdk\": 1, \"panels\": [{\"id\": \"a\", \"slot\": \"command\", \"title\": {\"en\": \"A\"}, \"path\": \"//evil.example/\"}]}",
                "panel.json: panels[0].path is \"//evil.example/\". Write a route of the console, such as \"/history\""),
            wrong("{\"sdk\": 1, \"sdk\": 2}", "panel.json: line 1, column 17: Duplicate Object property \"sdk\". Correct the JSON there"))
            .map(expected -> DynamicTest.dynamicTest("'" + expected[0] + "'",
                () -> assertThat(new PanelJson(expected[0]).read().problems())
                    .containsExactly(java.util.Arrays.copyOfRange(expected, 1, expected.length))));
    }

    private static String[] wrong(String... textAndProblems) { return textAndProblems; }

    @Test void namesLineAndColumnOfWhatIsNoJson() {
        var broken = new PanelJson("{\n  \"sdk\": 1,\n  \"panels\": [}\n").read();
        assertThat(broken.problems()).singleElement().asString().startsWith("panel.json: line 3, column 14: Unexpected close marker '}'")
            .endsWith(". Correct the JSON there");
        assertThat(new PanelJson("{} {}").read().problems()).singleElement().asString().startsWith("panel.json: line 1, column 4: ");
        assertThat(new PanelJson("[".repeat(100_000)).read().problems()).singleElement().asString().contains("nesting depth");
    }

    @Test void refusesAnIdThatIsTaken() {
        var panel = "{\"id\": \"a\", \"slot\": \"page\", \"title\": {\"en\": \"A\"}, \"module\": \"index.js\"}";
        assertThat(new PanelJson("{\"sdk\": 1, \"panels\": [" + panel + "," + panel + "]}").read().problems())
            .containsExactly("panel.json: panels[1].id is \"a\". Another panel of the file has this id. Choose a new one");
    }

    @Test void saysAllAtOnce() {
        var panels = PanelJson.of("\"slot\": \"pages\", \"order\": 1.5, \"icon\": \"activty\", \"module\": \"gone.js\"").read();
        assertThat(panels.problems()).hasSize(4).allMatch(problem -> problem.startsWith("panel.json: panels[0]."));
        assertThat(panels.error()).startsWith("panel.json: panels[0].slot is \"pages\". ").endsWith("Did you mean \"page\"? (3 more)");
    }

    @Test void cutsValuesThatAreTooLongForALine() {
        var problem = PanelJson.of("\"slot\": \"" + "x".repeat(5000) + "\\n\"").read().problems().getFirst();
        assertThat(problem).contains("is \"" + "x".repeat(59) + "…. Use one of").hasSizeLessThan(300);
    }

    @Test void listsAPanelOfAnotherSdkWithoutJudgingIt() {
        var panels = new PanelJson(
            "{\"sdk\": 2, \"new\": 1, \"panels\": [{\"id\": \"a\", \"slot\": \"toolbar\", \"title\": {\"de\": \"A\"}, \"glow\": true}, {\"id\": \"a\"}, 5]}")
            .read();
        assertThat(panels.problems()).isEmpty();
        var why = "panel.json: sdk is 2, and this Katydid has SDK 1. Use a release of the bundle for it, or another release of Katydid";
        assertThat(panels.error()).isEqualTo(why);
        assertThat(panels.all()).singleElement().satisfies(panel -> {
            assertThat(panel.key() + " " + panel.sdk() + " " + panel.state()).isEqualTo("katydid-kafka/a 2 INCOMPATIBLE");
            assertThat(panel.problem()).isEqualTo(why);
            assertThat(panel.title()).containsEntry("en", "a").containsEntry("de", "A");
            assertThat(panel.slot() + panel.module()).isEmpty();
        });
    }

    @Test void refusesWhatIsTooLarge() {
        var padded = PanelJson.SOUND + " ".repeat(PanelFile.LARGEST - PanelJson.SOUND.getBytes().length);
        assertThat(new PanelJson(padded.getBytes()).read().problems()).hasSizeLessThan(2);
        assertThat(new PanelJson(PanelJson.SOUND + " ".repeat(PanelFile.LARGEST)).read().problems())
            .containsExactly("panel.json: it has more than 256 kB. Keep texts and data in files of their own");
        assertThat(new PanelJson(PanelJson.SOUND).file("console/film.bin", PanelFiles.LARGEST).read().problems()).isEmpty();
        assertThat(new PanelJson(PanelJson.SOUND).file("console/film.bin", PanelFiles.LARGEST + 1).read().problems())
            .containsExactly("panel.json: console/film.bin has more than 16 MB. Make it smaller or serve it from elsewhere");
    }

    @Test void refusesFilesThatHaveNoAddress() {
        assertThat(new PanelJson(PanelJson.SOUND).file("console/../evil.js", "").file("console/a?b.js", "").read().problems())
            .containsExactly(
                "panel.json: the bundle has the file \"console/../evil.js\", which has no address. Use names of letters, digits, '.', '-' and '_'",
                "panel.json: the bundle has the file \"console/a?b.js\", which has no address. Use names of letters, digits, '.', '-' and '_'");
    }

    @TestFactory Stream<DynamicTest> refusesAHeaderThatWouldServeTheWholeBundleOrNothing() {
        return Stream.of("panel.json", "/console/panel.json", "console/../panel.json", "console/", "console/panel.json,b/panel.json", "")
            .map(header -> DynamicTest.dynamicTest("'" + header + "'",
                () -> assertThat(Panels.read(header, "b", "1", new PanelJson(PanelJson.SOUND)).error())
                    .isEqualTo("its header Katydid-Console is \""
                        + header + "\". Name one file in a folder of the bundle, such as console/panel.json")));
    }

    @Test void saysThatTheFileIsNotThere() {
        assertThat(Panels.read("console/panels.json", "b", "1", new PanelJson(PanelJson.SOUND)).error())
            .isEqualTo(
                "its header Katydid-Console is \"console/panels.json\", and it has no such file. Put the file there or correct the header."
                    + " Did you mean \"panel.json\"?");
    }

    @Test void theRevisionIsOneOfPathsAndBytes() {
        var revision = revision(new PanelJson(PanelJson.SOUND));
        assertThat(revision(new PanelJson(PanelJson.SOUND).file("secret/more.txt", "x"))).as("beside the folder").isEqualTo(revision);
        assertThat(revision(new PanelJson(PanelJson.SOUND).file("console/a.js", "x"))).as("a file more").isNotEqualTo(revision);
        assertThat(revision(new PanelJson(PanelJson.SOUND).file("console/index.js", "x"))).as("other bytes").isNotEqualTo(revision);
        assertThat(revision(new PanelJson(PanelJson.SOUND).file("console/a.js", "bc")))
            .isNotEqualTo(revision(new PanelJson(PanelJson.SOUND).file("console/a.jsb", "c")));
    }

    private static String revision(PanelJson bundle) { return bundle.read().all().getFirst().revision(); }
}
