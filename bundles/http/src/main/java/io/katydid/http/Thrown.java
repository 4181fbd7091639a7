package io.katydid.http;

/** Puts what a check threw into the failure's text: {@code Class: message at Shop.java:17}. */
final class Thrown {

    private Thrown() {}

    static String text(Throwable problem) {
        var name = problem.getClass().getSimpleName();
        var message = problem.getMessage() == null ? "" : ": " + problem.getMessage();
        return name + message + place(problem);
    }

    private static String place(Throwable problem) {
        for (var frame : problem.getStackTrace()) {
            var type = frame.getClassName();
            if (frame.getFileName() == null || type.startsWith("java.") || type.startsWith("jdk.") || isOurs(type)) continue;
            return " at " + frame.getFileName() + ":" + frame.getLineNumber();
        }
        return "";
    }

    private static boolean isOurs(String type) {
        return type.startsWith("io.katydid.http.") && !type.endsWith("Test") && !type.contains("Test$");
    }
}
