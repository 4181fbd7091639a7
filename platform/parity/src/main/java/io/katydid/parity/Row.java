package io.katydid.parity;

/**
 * One behaviour of the reference.
 *
 * @param id       names it, such as {@code UM-44}
 * @param section  the part of the reference it belongs to, such as {@code 2.4}
 * @param text     what holds
 * @param standing whether it is expected of this product, and of which work
 */
public record Row(String id, String section, String text, Standing standing) {

    /** Reads a line of the table; a missing last column stands for a row that is simply expected. */
    static Row parse(String line) {
        var cells = line.split("\t", -1);
        if (cells.length < 3 || cells.length > 4) {
            throw new IllegalArgumentException("The table of rows has a line with " + cells.length + " columns instead of 3 or 4: '" + line
                + "'. Write id, section, text and, on demand, a standing, with a tab between them.");
        }
        try {
            return new Row(cells[0], cells[1], cells[2], Standing.parse(cells.length == 4 ? cells[3] : ""));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("Row " + cells[0] + ": " + wrong.getMessage(), wrong);
        }
    }

    /** Gives the first number of the section. */
    public int chapter() {
        var dot = section.indexOf('.');
        return Integer.parseInt(dot < 0 ? section : section.substring(0, dot));
    }

    /** Says whether a test is expected to prove the row, today or after other work. */
    public boolean applicable() {
        return standing.kind().applicable;
    }
}
