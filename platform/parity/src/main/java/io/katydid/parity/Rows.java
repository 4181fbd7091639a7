package io.katydid.parity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Reads the table of the behaviours that tests prove. */
public final class Rows {

    private Rows() {}

    /** Gives all rows in the table's order. */
    public static List<Row> all() {
        try (var table = Objects.requireNonNull(Rows.class.getResourceAsStream("rows.tsv"), "rows.tsv beside its class")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).map(Row::parse).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
