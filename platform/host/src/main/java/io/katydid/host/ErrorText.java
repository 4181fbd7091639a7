package io.katydid.host;

import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** Prints what the compiler says as a terminal wants it: file:line:column, the line, a caret. */
final class ErrorText {
    private ErrorText() {}

    static String of(Diagnostic<? extends JavaFileObject> problem) {
        var message = problem.getMessage(Locale.ENGLISH).strip().replace("\n", "\n  ");
        if (!(problem.getSource() instanceof MemoryFiles.Text text) || problem.getLineNumber() < 1) return "error: " + message;
        var place = text.source().name() + ":" + problem.getLineNumber() + ":" + problem.getColumnNumber();
        var line = text.source().text().lines().skip(problem.getLineNumber() - 1).findFirst().orElse("").replace('\t', ' ');
        var column = column(problem, text, line);
        return place + ": error: " + message + "\n    " + line + "\n    " + " ".repeat(column)
            + "^".repeat(width(problem, line.length() - column));
    }

    /** Counts characters, since the compiler's column counts a tab as up to eight. */
    private static int column(Diagnostic<? extends JavaFileObject> problem, MemoryFiles.Text text, String line) {
        var position = (int) Math.min(Math.max(problem.getPosition(), 0), text.source().text().length());
        var start = text.source().text().lastIndexOf('\n', Math.max(position - 1, 0)) + 1;
        return Math.max(0, Math.min(position - start, line.length()));
    }

    private static int width(Diagnostic<? extends JavaFileObject> problem, int room) {
        var length = problem.getEndPosition() - problem.getPosition();
        return (int) Math.max(1, Math.min(length, room));
    }
}
