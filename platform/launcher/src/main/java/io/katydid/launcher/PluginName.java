package io.katydid.launcher;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * Is the name of a plugin project in its three forms.
 *
 * @param text as it was typed, and as folder and artifact are called: {@code shop-load}
 * @param packageName the package: {@code shopload}
 * @param className what the classes begin with: {@code ShopLoad}
 */
record PluginName(String text, String packageName, String className) {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)*");
    private static final Pattern EXAMPLE = Pattern.compile("\\bhello\\b");
    /** Before a dot, a slash or a semicolon the example's name is that of its package. */
    private static final Pattern PACKAGE = Pattern.compile("\\bhello(?=[./]\\S|;)");

    static PluginName of(String text) {
        if (!FORM.matcher(text).matches())
            throw Refusal
                .usage("'" + text + "' cannot be the name of a plugin: it must be letters and digits, with single dashes between, and "
                    + "begin with a letter. Type for example: katydid init plugin shop-load");
        var packageName = text.replace("-", "").toLowerCase(Locale.ROOT);
        if (SourceVersion.isKeyword(packageName) || packageName.equals("java"))
            throw Refusal.usage("'" + text + "' cannot be the name of a plugin: no Java package may be called " + packageName
                + ". Choose another one, such as " + text + "-load.");
        var className = Arrays.stream(text.split("-")).map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
        return new PluginName(text, packageName, className);
    }

    String jar() { return "target/" + text + "-1.0.jar"; }

    /** Renames a file of the example. */
    String path(String file) {
        return file.replace("/hello/", "/" + packageName + "/").replace("Hello", className);
    }

    /** Renames what is in a file of the example. */
    String in(String content) {
        var renamed = content.replace("HELLO", packageName.toUpperCase(Locale.ROOT)).replace("Hello", className);
        return EXAMPLE.matcher(PACKAGE.matcher(renamed).replaceAll(packageName)).replaceAll(text);
    }
}
