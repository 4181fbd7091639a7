package io.katydid.html;

import java.util.Map;

/** Puts the parts of a report in their order. */
final class Page {

    private Page() {}

    static String of(Report report) {
        var body = new Html();
        Summary.write(body, report);
        Charts.write(body, report);
        RequestTable.write(body, report.snapshot());
        PercentileTable.write(body, report.snapshot());
        FailureTable.write(body, report);
        ExceptionList.write(body, report.snapshot().exceptions());
        WorkerTable.write(body, report);
        TaskTree.write(body, report.environment().taskRatios());
        Settings.write(body, report);
        body.close();
        var title = new Html().text(report.title());
        return Template.fill(Map.of("title", title.toString(), "body", body.toString(), "data", Data.of(report)));
    }
}
