package io.katydid.host;

import io.katydid.api.web.ConsolePanel;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is what the header {@code Katydid-Console} of a bundle led to.
 *
 * @param all its panels, also those that are incompatible; none when a problem was found
 * @param problems all that is wrong, each in one line
 */
record Panels(List<ConsolePanel> all, List<String> problems) {
    static final String HEADER = "Katydid-Console";
    static final Panels NONE = new Panels(List.of(), List.of());
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);
    // Never the root of the bundle: everything beside the file is served.
    private static final Pattern PLACE = Pattern.compile("((?!\\.)[\\w.-]+/)+[\\w.-]+\\.json");

    /** Reads the panels of a bundle. */
    static Panels of(Bundle bundle) {
        var header = bundle.getHeaders("").get(HEADER);
        if (header == null) return NONE;
        var read = read(header, bundle.getSymbolicName(), bundle.getVersion().toString(), new BundleEntries(bundle));
        // Taken away meanwhile: then nothing is missing, all of it is gone.
        return bundle.getState() == Bundle.UNINSTALLED ? NONE : read;
    }

    static Panels read(String header, String bundle, String version, PanelFiles.Source source) {
        if (!PLACE.matcher(header).matches())
            return new Panels(List.of(), List.of("its header " + HEADER + " is \"" + header
                + "\". Name one file in a folder of the bundle, such as console/panel.json"));
        int cut = header.lastIndexOf('/') + 1;
        var name = header.substring(cut);
        var problems = new PanelProblems(name);
        var files = new PanelFiles(header.substring(0, cut), source, problems);
        if (!files.names().contains(name))
            return new Panels(List.of(), List.of("its header " + HEADER + " is \"" + header
                + "\", and it has no such file. Put the file there or correct the header" + Nearest.hint(name, files.names())));
        var revision = files.revision(problems);
        var panels = new PanelFile(name, files, problems).panels(bundle, version, revision);
        return new Panels(problems.all().isEmpty() ? List.copyOf(panels) : List.of(), problems.all());
    }

    /** Says in one line why there is no panel, or none that can be loaded; "" when there is nothing to say. */
    String error() {
        if (problems.isEmpty()) return all.stream().map(ConsolePanel::problem).findFirst().orElse("");
        return problems.getFirst() + (problems.size() == 1 ? "" : " (" + (problems.size() - 1) + " more)");
    }

    /** Says what {@link #error} has no room for. */
    void warnOfTheRest(String file, Set<String> said) {
        problems.stream().skip(1).map(problem -> file + ": " + problem + (problem.endsWith("?") ? "" : ".")).filter(said::add)
            .forEach(line -> LOG.warn("{}", line));
    }
}
