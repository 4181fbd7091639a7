package io.katydid.cluster;

import io.katydid.api.KatydidException;
import io.katydid.api.cli.ParsedOptions;
import java.time.Duration;
import java.util.regex.Pattern;

/** Reads how long a master waits for reports after a ramp: seconds, or a multiple of the time between two reports. */
final class ReportWait {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(\\s*\\*\\s*WORKER_REPORT_INTERVAL)?");

    private ReportWait() {}

    static Duration of(ParsedOptions options, Pace pace) {
        var text = options.find(ClusterOptions.WAIT_FOR_REPORTS).orElse("1.0").strip();
        var form = FORM.matcher(text);
        if (!form.matches()) {
            throw new KatydidException(ClusterOptions.WAIT_FOR_REPORTS.name() + ": '" + text
                + "' is no time to wait for. Give seconds, such as 1.5, or a multiple: 1.25 * WORKER_REPORT_INTERVAL.");
        }
        double factor = Double.parseDouble(form.group(1));
        return Duration.ofNanos((long) (factor * (form.group(2) == null ? 1e9 : pace.report().toNanos())));
    }
}
