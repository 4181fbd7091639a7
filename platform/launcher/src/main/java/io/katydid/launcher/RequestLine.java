package io.katydid.launcher;

import io.katydid.api.event.RequestEvent;
import io.katydid.launcher.SingleUser.Print;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;

/** Writes {@code [time] type name resp_ms [length] error [context] [payload]}, separated by tabs, for each request. */
final class RequestLine {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
        .withZone(ZoneId.systemDefault());
    private static final int ERROR_LENGTH = 500;
    private final Set<Print> columns;
    private final PrintStream out;

    RequestLine(Set<Print> columns, PrintStream out) {
        this.columns = columns;
        this.out = out;
    }

    void print(RequestEvent event) {
        out.println(text(event));
    }

    private String text(RequestEvent event) {
        var cells = new ArrayList<String>();
        if (columns.contains(Print.TIME)) cells.add(TIME.format(event.startTime()));
        cells.add(event.requestType());
        cells.add(String.format(Locale.ROOT, "%-50s", event.name()));
        cells.add(String.format(Locale.ROOT, "%-7d", Double.isNaN(event.responseTimeMs()) ? -1 : Math.round(event.responseTimeMs())));
        if (columns.contains(Print.LENGTH)) cells.add(Long.toString(event.responseLength()));
        cells.add(event.exception().map(RequestLine::error).orElse(""));
        if (columns.contains(Print.CONTEXT)) cells.add(event.context().toString());
        if (columns.contains(Print.PAYLOAD)) cells.add(event.response().map(String::valueOf).orElse(""));
        return String.join("\t", cells);
    }

    private static String error(Throwable problem) {
        var text = problem.toString();
        return text.substring(0, Math.min(text.length(), ERROR_LENGTH));
    }
}
