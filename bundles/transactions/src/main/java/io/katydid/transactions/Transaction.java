package io.katydid.transactions;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Is a transaction that has ended.
 *
 * @param start when it began
 * @param millis how long it took
 * @param name what the script calls it
 * @param userCount how many users there were at its start
 * @param success whether it went well
 * @param failureMessage why not
 */
record Transaction(Instant start, long millis, String name, int userCount, boolean success, String failureMessage) {
    static final List<String> HEADING = List.of("start_time", "duration", "transaction_name", "user_count", "success", "failure_message");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
        .withZone(ZoneId.systemDefault());

    /** Gives its cells as the reference writes them. */
    List<String> row() {
        return List.of(TIME.format(start), Long.toString(millis), Table.safe(name), Integer.toString(userCount), success ? "True" : "False",
            Table.safe(failureMessage));
    }
}
