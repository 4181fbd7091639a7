package io.katydid.launcher;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code key = value}, {@code key: value}, {@code key value} and bare {@code flag} lines; {@code #} and {@code ;} begin comments.
 *
 * <p>The pattern is that of the reference's library, so that a file says the same to both, odd lines included. One line differs: what follows a bare flag
 * after a blank and begins with {@code #} or {@code ;} is a comment; there it would be the flag's value, and an error.
 */
final class ConfFile {
    private static final Pattern LINE = Pattern.compile(
        "(?<key>[^:=;#\\s]+)\\s*(?:(?<equal>[:=\\s])\\s*(['\"]?)(?<value>.+?)?\\3)?\\s*(?:\\s[;#]\\s*(?<comment>.*?)\\s*)?",
        Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern FLAG = Pattern.compile("([^:=;#\\s]+)\\s+[#;].*", Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS);

    private ConfFile() {}

    /** Gives the texts by key; a bare flag has the text {@code true}, and the last of equal keys wins. The label names the file in errors. */
    static Map<String, String> parse(String text, String label) {
        var values = new LinkedHashMap<String, String>();
        int number = 0;
        for (var line : text.lines().map(String::strip).toList()) {
            number++;
            if (!says(line)) continue;
            var flag = FLAG.matcher(line);
            var found = LINE.matcher(line);
            if (flag.matches()) {
                values.put(key(flag.group(1)), "true");
            } else if (found.matches()) {
                values.put(key(found.group("key")), value(found.group("value"), Optional.ofNullable(found.group("equal"))));
            } else {
                throw Refusal
                    .usage(label + ", line " + number + ": '" + line + "' has no key. Write key = value, or begin a comment with #.");
            }
        }
        return values;
    }

    private static boolean says(String line) {
        return !line.isEmpty() && "#;[".indexOf(line.charAt(0)) < 0 && !line.startsWith("---");
    }

    /** Gives the key with dashes: {@code run_time} is {@code run-time}, and so is {@code --run-time}. */
    static String key(String written) {
        return written.replaceFirst("^--", "").replace('_', '-');
    }

    private static String value(@Nullable String written, Optional<String> separator) {
        if (written != null) return written;
        return separator.filter(sign -> !sign.equals(" ")).isPresent() ? "" : "true";
    }
}
