package io.katydid.api.web;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Is a table the console draws.
 *
 * @param id
 *            its word in addresses
 * @param title
 *            its heading
 * @param columns
 *            its columns, in order
 * @param rows
 *            gives the rows, by column id; called each time the table is shown
 */
public record WebPanel(String id, String title, List<Column> columns, Supplier<List<Map<String, Object>>> rows) {

    /**
     * Is a column.
     *
     * @param id
     *            the key in each row
     * @param title
     *            its heading
     */
    public record Column(String id, String title) {
    }

    /** Makes a column. */
    public static Column column(String id, String title) {
        return new Column(id, title);
    }
}
