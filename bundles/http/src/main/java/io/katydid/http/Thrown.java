package io.katydid.http;

import java.util.List;

/** Puts what a check threw into the failure's text: {@code Class: message at Shop.java:17}. */
final class Thrown {

    /** Whose lines say nothing about a script: what called them does. */
    private static final List<String> LIBRARIES = List.of("java.", "jdk.", "io.katydid.api.", "io.katydid.kernel.", "io.katydid.carrier.",
        "tools.jackson.", "org.assertj.", "org.hamcrest.", "org.junit.", "org.opentest4j.");

    private Thrown() {}

    static String text(Throwable problem) {
        var name = problem.getClass().getSimpleName();
        var message = problem.getMessage() == null ? "" : ": " + problem.getMessage();
        return name + message + place(problem);
    }

    private static String place(Throwable problem) {
        for (var frame : problem.getStackTrace()) {
            var type = frame.getClassName();
            if (frame.getFileName() == null || isOurs(type) || LIBRARIES.stream().anyMatch(type::startsWith)) continue;
            return " at " + frame.getFileName() + ":" + frame.getLineNumber();
        }
        return "";
    }

    private static boolean isOurs(String type) {
        return type.startsWith("io.katydid.http.") && !type.endsWith("Test") && !type.contains("Test$");
    }
}
