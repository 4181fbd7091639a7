package io.katydid.kernel.stats;

import io.katydid.api.stats.ExceptionEntry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Counts exceptions by their stack trace. Any thread. */
final class ExceptionTable {
    private static final int MOST_ROWS = 1000;
    private static final int MOST_NODES = 10_000;
    private static final int MOST_CHARACTERS = 1 << 16;
    private static final String OTHER = "(other exceptions, beyond the first " + MOST_ROWS + " different ones)";
    private final Map<String, Row> rows = new LinkedHashMap<>();

    private static final class Row {
        private long count;
        private final String message;
        private final Set<String> nodes = new TreeSet<>();

        Row(String message) {
            this.message = message;
        }
    }

    void add(Throwable problem, String node) {
        var trace = new StringWriter();
        problem.printStackTrace(new PrintWriter(trace));
        add(problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage(), trace.toString(), node);
    }

    /** Adds one with what is known of it. Texts and rows have a limit: workers send them. */
    synchronized void add(String message, String traceback, String node) {
        var trace = cut(traceback);
        var row = rows.get(trace);
        if (row == null) {
            if (rows.size() >= MOST_ROWS) trace = OTHER;
            row = rows.computeIfAbsent(trace, _ -> new Row(cut(message)));
        }
        row.count++;
        if (row.nodes.size() < MOST_NODES) row.nodes.add(node);
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }

    synchronized List<ExceptionEntry> entries() {
        var entries = new ArrayList<ExceptionEntry>();
        rows.forEach((trace, row) -> entries.add(new ExceptionEntry(row.count, row.message, trace, Set.copyOf(row.nodes))));
        return List.copyOf(entries);
    }

    synchronized void clear() {
        rows.clear();
    }
}
