package io.katydid.cluster.report;

import io.katydid.kernel.stats.Delta;
import org.jspecify.annotations.Nullable;

/** Reads a row of a report's errors. */
final class FailureReader {
    private static final int LONGEST_TEXT = 10_000;

    private FailureReader() {}

    static Delta.Failure failure(@Nullable Object value) throws NotCountable {
        var fields = Fields.of(value, "the error");
        // Older boomers write it with one r.
        var count = fields.has("occurrences") ? "occurrences" : "occurences";
        boolean ours = fields.has(ReportData.FIRST_NANOS) && fields.has(ReportData.LAST_NANOS);
        return new Delta.Failure(fields.text("method"), fields.requiredText("name"), text(fields), fields.count(count, Fields.MOST),
            ours ? fields.nanos(ReportData.FIRST_NANOS) : fields.seconds("first_seen", Long.MAX_VALUE),
            ours ? fields.nanos(ReportData.LAST_NANOS) : fields.seconds("last_seen", Long.MIN_VALUE));
    }

    private static String text(Fields fields) throws NotCountable {
        if (!(fields.get("error") instanceof String text)) throw new NotCountable("error is " + Fields.shown(fields.get("error")));
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
