package io.katydid.host;

import io.katydid.api.web.ConsolePanel;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** Is a panel of a bundle, made in {@link PanelFields} only; {@code content} is what its bundle's panels share. */
record BundlePanel(Content content, String id, String slot, String group, int order, String icon, Map<String, String> title, String module,
    List<String> styles, String i18n, String permission, List<String> topics, String path, String mediaType) implements ConsolePanel {

    /**
     * Is what the panels of a bundle share.
     *
     * @param problem why none of them may be loaded, "" when they may
     */
    record Content(String bundle, String version, String revision, int sdk, String problem, PanelFiles files) {}

    @Override public String bundle() { return content.bundle; }

    @Override public String version() { return content.version; }

    @Override public String revision() { return content.revision; }

    @Override public int sdk() { return content.sdk; }

    @Override public State state() { return content.problem.isEmpty() ? State.OK : State.INCOMPATIBLE; }

    @Override public String problem() { return content.problem; }

    @Override public SortedSet<String> files() { return content.files.names(); }

    @Override public Optional<InputStream> open(String name) { return content.files.open(name); }

    @Override public String toString() { return key() + " " + revision(); }
}
