package io.katydid.distribution;

import io.katydid.parity.Row;
import io.katydid.parity.Standing;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Writes which behaviours of the reference are proven, by which tests. */
final class ParityReport {
    private final List<Row> rows;
    private final Map<String, List<String>> proven;

    ParityReport(List<Row> rows, Map<String, List<String>> proven) {
        this.rows = rows;
        this.proven = proven;
    }

    long provenRows() { return count(row -> proven.containsKey(row.id())); }

    long applicableRows() { return count(Row::applicable); }

    String line() { return "parity: " + provenRows() + " of " + applicableRows() + " rows proven"; }

    String page() {
        var page = new StringBuilder("# The reference's behaviour, row by row\n\n" + line() + "; "
            + count(Predicate.not(Row::applicable)) + " of " + rows.size() + " rows are not applicable.\n\n"
            + "| Chapter | Rows | Not applicable | Proven | Open | Open until other work |\n|---|---|---|---|---|---|\n");
        rows.stream().map(Row::chapter).distinct().forEach(chapter -> page.append(sum(chapter)));
        page.append("\n| Row | Section | Behaviour | Proof |\n|---|---|---|---|\n");
        for (var row : rows) {
            page.append("| %s | %s | %s | %s |%n".formatted(row.id(), row.section(), row.text(), proof(row)));
        }
        return page.toString();
    }

    private String sum(int chapter) {
        Predicate<Row> here = row -> row.chapter() == chapter;
        Predicate<Row> open = here.and(Row::applicable).and(row -> !proven.containsKey(row.id()));
        return "| %d | %d | %d | %d | %d | %d |%n".formatted(chapter, count(here), count(here.and(row -> !row.applicable())),
            count(here.and(row -> proven.containsKey(row.id()))), count(open.and(row -> !waits(row))),
            count(open.and(ParityReport::waits)));
    }

    private String proof(Row row) {
        if (proven.containsKey(row.id())) return String.join("<br>", proven.get(row.id()));
        if (!row.applicable()) return "not applicable: " + row.standing();
        return waits(row) ? "OPEN, " + row.standing() : "OPEN";
    }

    private static boolean waits(Row row) { return row.standing().kind() == Standing.Kind.WAITS; }

    private long count(Predicate<Row> which) { return rows.stream().filter(which).count(); }
}
