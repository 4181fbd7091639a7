package io.katydid.launcher;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code key = value}, {@code key: value}, {@code key value} and bare {@code flag} lines; {@code #} and {@code ;} begin comments. */
final class ConfFile {
    private static final Pattern LINE = Pattern.compile("(?:--)?([^:=\\s]+)\\s*[:=\\s]?\\s*(.*)");
    private static final Pattern COMMENT = Pattern.compile("\\s[#;].*$");

    private ConfFile() {}

    /** Gives the texts by key; a bare flag has the text {@code true}. */
    static Map<String, String> parse(String text) {
        var values = new LinkedHashMap<String, String>();
        text.lines().map(String::strip).filter(ConfFile::says).forEach(line -> {
            var found = LINE.matcher(line);
            if (found.matches()) values.put(key(found.group(1)), value(found.group(2)));
        });
        return values;
    }

    private static boolean says(String line) {
        return !line.isEmpty() && "#;[".indexOf(line.charAt(0)) < 0 && !line.startsWith("---");
    }

    /** Gives the key with dashes: {@code run_time} is {@code run-time}. */
    static String key(String written) {
        return written.replace('_', '-');
    }

    private static String value(String written) {
        var text = written.strip();
        if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) return "true";
        char quote = text.charAt(0);
        int end = quote == '"' || quote == '\'' ? text.indexOf(quote, 1) : -1;
        return end > 0 ? text.substring(1, end) : COMMENT.matcher(text).replaceFirst("").strip();
    }
}
