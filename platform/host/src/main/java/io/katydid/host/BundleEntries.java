package io.katydid.host;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;

/** Gives the files of a bundle from the framework's own copy: until the bundle is uninstalled, whatever becomes of the jar. */
record BundleEntries(Bundle bundle) implements PanelFiles.Source {

    @Override public Collection<String> list(String folder) {
        var files = new ArrayList<String>();
        try {
            var paths = bundle.getEntryPaths(folder);
            if (paths == null) return List.of();
            for (var path : Collections.list(paths)) {
                if (path.endsWith("/")) files.addAll(list(path));
                else files.add(path);
            }
        } catch (IllegalStateException uninstalled) {
            return List.of();
        }
        return files;
    }

    @Override public Optional<InputStream> open(String path) throws IOException {
        try {
            var entry = bundle.getEntry(path);
            return entry == null ? Optional.empty() : Optional.of(entry.openStream());
        } catch (IllegalStateException uninstalled) {
            return Optional.empty();
        }
    }
}
