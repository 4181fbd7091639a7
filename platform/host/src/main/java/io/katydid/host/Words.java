package io.katydid.host;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns errors of class loaders and of the framework into words for the owner of a jar. */
final class Words {
    private static final Pattern PACKAGE = Pattern.compile("osgi\\.wiring\\.package=([\\w.$]+)\\)");
    private static final Pattern FROM = Pattern.compile("\\(version>=([\\w.]+)\\)");
    private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([\\w.]+)\\)\\)");
    private static final Pattern JAVA = Pattern.compile("osgi\\.ee=JavaSE\\)\\(version=([\\d.]+)\\)");
    private static final Pattern CONSOLE = Pattern.compile("katydid\\.console; ([^\\[\\]]*)");
    private static final Pattern CLASS_FILE = Pattern.compile("class file version (\\d+)");
    private static final int CLASS_FILE_OF_JAVA_ZERO = 44;

    private Words() {}

    /** Says a throwable in one line. */
    static String of(Throwable problem) {
        if (problem instanceof UnsupportedClassVersionError tooNew) return tooNew(tooNew);
        if (problem instanceof NoClassDefFoundError missing && missing.getMessage() != null)
            return "the class " + missing.getMessage().replace('/', '.') + " is missing";
        var text = problem.getMessage();
        var name = problem.getClass().getSimpleName();
        return text == null || text.isBlank() ? name : name + ": " + text.strip().lines().findFirst().orElse("");
    }

    /** Says why a bundle cannot be wired, from the framework's own text. */
    static String unresolved(String text) {
        var imports = PACKAGE.matcher(text);
        String missing = "";
        int at = 0;
        while (imports.find()) {
            missing = imports.group(1);
            at = imports.start();
        }
        if (!missing.isEmpty()) return missingPackage(missing, text.substring(at));
        var java = JAVA.matcher(text);
        if (java.find())
            return "it needs Java " + java.group(1) + "; this is Java " + Runtime.version().feature()
                + ". Run Katydid on a newer JDK or build the bundle for this one";
        var console = CONSOLE.matcher(text);
        if (console.find())
            return "it needs the console's SDK" + range(console.group(1)) + "; this Katydid has SDK " + PanelWords.SDK
                + ". Use a release of the bundle for it, or another release of Katydid";
        return text.strip().lines().findFirst().orElse("it cannot be wired");
    }

    private static String missingPackage(String name, String filter) {
        if (Exports.internal(name)) {
            return "it imports " + name + ", which is internal to Katydid. Use io.katydid.api instead";
        }
        return "it needs the package " + name + range(filter)
            + ", which neither Katydid nor another bundle exports. Put the library into the jar, or add the bundle that has it";
    }

    private static String range(String filter) {
        var from = FROM.matcher(filter);
        if (!from.find()) return "";
        var below = BELOW.matcher(filter);
        return " " + from.group(1) + (below.find() ? " to below " + below.group(1) : " or newer");
    }

    private static String tooNew(UnsupportedClassVersionError problem) {
        var here = Runtime.version().feature();
        Matcher version = CLASS_FILE.matcher(String.valueOf(problem.getMessage()));
        var made = version.find() ? " for Java " + (Integer.parseInt(version.group(1)) - CLASS_FILE_OF_JAVA_ZERO) : " for a newer Java";
        return "it was compiled" + made + "; this is Java " + here + ". Compile it with --release " + here;
    }
}
