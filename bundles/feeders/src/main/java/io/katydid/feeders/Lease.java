package io.katydid.feeders;

/** Holds what a worker and its master say to each other about the rows of a file: custom messages, of which a master of another kind logs that it does not know them. */
final class Lease {
    static final String ASK = "katydid_rows_ask";
    static final String GRANT = "katydid_rows";
    static final String SPENT = "katydid_rows_spent";
    static final String OVER = "katydid_rows_over";

    private Lease() {}

    /**
     * Asks for rows.
     *
     * @param file the name the script opened
     * @param way  the word of a {@link Way}
     * @param size rows in the file
     */
    record Ask(String file, String way, long size) {}

    /**
     * Gives rows to one worker.
     *
     * @param file  the file
     * @param way   the way
     * @param from  the number of the first row, from 0; of a circular way it grows beyond the file's size
     * @param count rows; 0 when all are given out
     */
    record Grant(String file, String way, long from, long count) {}

    /**
     * Says that a worker has used all rows it was given.
     *
     * @param file the file
     * @param way  the way
     */
    record Spent(String file, String way) {}

    /**
     * Says that all workers have used all rows.
     *
     * @param file the file
     * @param way  the way
     */
    record Over(String file, String way) {}
}
