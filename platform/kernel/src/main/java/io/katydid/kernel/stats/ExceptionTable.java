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
    private final Map<String, Row> rows = new LinkedHashMap<>();

    private static final class Row {
        private long count;
        private final String message;
        private final Set<String> nodes = new TreeSet<>();

        Row(String message) {
            this.message = message;
        }
    }

    synchronized void add(Throwable problem, String node) {
        var trace = new StringWriter();
        problem.printStackTrace(new PrintWriter(trace));
        var row = rows.computeIfAbsent(trace.toString(),
            _ -> new Row(problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage()));
        row.count++;
        row.nodes.add(node);
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
