package io.katydid.host;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** Adds to the compiler's words what it cannot know: names of the API that a script hides, packages of bundles. */
final class Hints {
    private static final Pattern DECLARED = Pattern.compile("\\b(?:record|class|enum|interface)\\s+(Task|User|Tag|Message)\\b");
    private static final Pattern MISSING_PACKAGE = Pattern.compile("package ([\\w.]+) does not exist");
    private static final Pattern MISSING_CLASS = Pattern.compile("symbol:\\s+class (\\w+)");

    private Hints() {}

    static SequencedSet<String> of(Unit unit, List<Diagnostic<? extends JavaFileObject>> errors, ForeignPackages foreign) {
        var hints = new LinkedHashSet<String>();
        for (var source : unit.sources()) hidden(source, hints);
        for (var error : errors) {
            var message = error.getMessage(Locale.ENGLISH);
            var missing = MISSING_PACKAGE.matcher(message);
            if (missing.find()) hints.add(missing(missing.group(1), foreign));
            var symbol = MISSING_CLASS.matcher(message);
            if (symbol.find()) exporter(symbol.group(1), foreign, hints);
        }
        return hints;
    }

    private static void hidden(Source source, SequencedSet<String> hints) {
        var declared = DECLARED.matcher(source.text());
        while (declared.find()) {
            var name = declared.group(1);
            var written = name.equals("Task") || name.equals("Tag") ? "@io.katydid.api." + name : "io.katydid.api." + name;
            hints.add("Hint: your " + declared.group().replaceFirst("\\s+.*", "") + " `" + name + "` in " + source.name()
                + " hides `io.katydid.api." + name + "`. Rename it or write `" + written + "`.");
        }
    }

    private static String missing(String name, ForeignPackages foreign) {
        if (Exports.internal(name)) return "Hint: " + name + " is internal to Katydid. Use io.katydid.api instead.";
        var bundles = foreign.all().stream().map(ForeignPackages.Exported::bundle).distinct().sorted().toList();
        return "Hint: no bundle exports the package " + name
            + (bundles.isEmpty() ? "; no bundle is loaded." : ". Loaded: " + String.join(", ", bundles) + ".")
            + " Put the jar that has it into plugins/, or correct the import.";
    }

    private static void exporter(String simpleName, ForeignPackages foreign, SequencedSet<String> hints) {
        for (var exported : foreign.all()) {
            var path = exported.name().replace('.', '/') + "/" + simpleName + ".class";
            if (foreign.classes(exported.name()).contains(path)) {
                hints.add("Hint: " + simpleName + " is in the bundle " + exported.bundle() + ". Add: import " + exported.name() + "."
                    + simpleName + ";");
            }
        }
    }
}
