package io.katydid.host;

import io.katydid.api.web.ConsolePanel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a {@code panel.json}: gives the panels, or adds all that is wrong to the problems. Never throws, whatever the bytes. */
final class PanelFile {
    static final int LARGEST = 256 << 10;
    private final String name;
    private final PanelFiles files;
    private final PanelProblems problems;

    PanelFile(String name, PanelFiles files, PanelProblems problems) {
        this.name = name;
        this.files = files;
        this.problems = problems;
    }

    /** Gives the panels as they are written; good for anything only when there was no problem. */
    List<ConsolePanel> panels(String bundle, String version, String revision) {
        var file = tree();
        if (file.isEmpty()) return List.of();
        var root = file.get();
        var sdk = root.path("sdk");
        if (!sdk.isIntegralNumber() || !sdk.canConvertToInt() || sdk.intValue() < 1) {
            var advice = "Write " + PanelWords.SDK + ", the major version of the console's SDK";
            if (root.has("sdk")) problems.add("sdk", sdk, advice);
            else problems.addMissing("sdk", advice);
        }
        var number = sdk.canConvertToInt() ? Math.max(1, sdk.intValue()) : 1;
        var foreign = number == PanelWords.SDK ? ""
            : name + ": sdk is " + number + ", and this Katydid has SDK " + PanelWords.SDK
                + ". Use a release of the bundle for it, or another release of Katydid";
        // Another SDK may have other fields and slots: what is not understood is no mistake then.
        var read = foreign.isEmpty() ? problems : new PanelProblems(name);
        return entries(root, new BundlePanel.Content(bundle, version, revision, number, foreign, files), read);
    }

    private Optional<JsonNode> tree() {
        try {
            var bytes = files.read(name, LARGEST);
            if (bytes.length > LARGEST) {
                problems.say("it has more than " + (LARGEST >> 10) + " kB. Keep texts and data in files of their own");
                return Optional.empty();
            }
            // Built here and dropped: most runs never meet a panel, and none meets many.
            var root = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build().readTree(bytes);
            if (root != null && root.isObject()) return Optional.of(root);
            problems.say("it holds " + (root == null || root.isMissingNode() ? "nothing" : PanelProblems.shown(root))
                + ". Write an object: {\"sdk\": 1, \"panels\": […]}");
        } catch (JacksonException broken) {
            var at = broken.getLocation();
            var place = at == null || at.getLineNr() < 1 ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            problems.say(place + String.valueOf(broken.getOriginalMessage()).strip().lines().findFirst().orElse("not JSON")
                + ". Correct the JSON there");
        } catch (IOException unreadable) {
            problems.say("it cannot be read: " + Words.of(unreadable) + ". Build the jar again");
        }
        return Optional.empty();
    }

    private List<ConsolePanel> entries(JsonNode root, BundlePanel.Content content, PanelProblems found) {
        for (var field : root.propertyNames()) {
            if (!PanelWords.FILE_FIELDS.contains(field)) found.addField("", field, PanelWords.FILE_FIELDS);
        }
        var list = root.path("panels");
        if (!list.isArray() || list.isEmpty()) {
            var advice = "Write a list with at least one panel";
            if (root.has("panels")) found.add("panels", list, advice);
            else found.addMissing("panels", advice);
            return List.of();
        }
        var ids = new HashSet<String>();
        var panels = new ArrayList<ConsolePanel>();
        for (int i = 0; i < list.size(); i++) {
            var at = "panels[" + i + "]";
            if (!list.path(i).isObject()) {
                found.add(at, list.path(i), "Write an object with at least id, slot, title and module");
                continue;
            }
            var fields = new PanelFields(list.path(i), at, files, found);
            var id = fields.id();
            var panel = fields.read(id, content);
            if (!id.isEmpty() && !ids.add(id))
                found.add(at + ".id", list.path(i).path("id"), "Another panel of the file has this id. Choose a new one");
            else
                if (!id.isEmpty()) panels.add(panel);
        }
        return panels;
    }
}
