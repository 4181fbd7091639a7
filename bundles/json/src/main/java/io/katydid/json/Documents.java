package io.katydid.json;

import io.katydid.api.Environment;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Percentiles;
import io.katydid.api.stats.Snapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Makes the JSON texts. A number that is not finite is null: JSON has no word for it. */
final class Documents {
    private static final ObjectWriter WRITER = writer();

    private Documents() {}

    /** Lists the entries as the reference does: without the total, without those nothing was recorded for. */
    static String entries(Snapshot snapshot) {
        return WRITER
            .writeValueAsString(snapshot.entries().stream().filter(entry -> entry.numRequests() > 0).map(Documents::entry).toList());
    }

    /** Tells the whole run: parameters, statistics, failures, exceptions, marks and faults. */
    static String report(Environment environment, Snapshot snapshot, int exitCode) {
        var report = new LinkedHashMap<String, Object>();
        environment.run().ifPresent(run -> {
            var of = new LinkedHashMap<String, Object>();
            of.put("id", run.id());
            of.put("start_time", run.startTime().toString());
            of.put("end_time", run.endTime().map(Instant::toString).orElse(null));
            of.put("parameters", Parameters.shown(run.parameters()));
            of.put("marks", run.marks().stream().map(mark -> row("time", mark.time().toString(), "what", mark.what())).toList());
            of.put("faults", run.faults());
            of.put("workers", run.shares().stream().map(share -> row("id", share.workerId(), "index", share.index(), "most_users",
                share.mostUsers(), "requests", share.requests(), "most_cpu_percent", share.cpuPercent(), "most_memory_bytes",
                share.memoryBytes(), "state", share.state().word())).toList());
            report.put("run", of);
        });
        report.put("options", Parameters.shown(environment.parsedOptions().all()));
        report.put("exit_code", exitCode);
        report.put("labels", environment.labels());
        report.put("total", detailed(snapshot.total()));
        report.put("statistics", snapshot.entries().stream().map(Documents::detailed).toList());
        report.put("failures",
            snapshot.errors().stream()
                .map(error -> row("method", error.method(), "name", error.name(), "error", error.error(), "occurrences",
                    error.occurrences(), "first_seen", error.firstSeen().map(Instant::toString).orElse(null), "last_seen",
                    error.lastSeen().map(Instant::toString).orElse(null)))
                .toList());
        report.put("exceptions", snapshot.exceptions().stream().map(row -> row("count", row.count(), "message", row.message(), "traceback",
            row.traceback(), "nodes", List.copyOf(row.nodes()))).toList());
        report.put("cancelled", snapshot.cancelled());
        return WRITER.writeValueAsString(report);
    }

    private static Map<String, @Nullable Object> row(@Nullable Object... keysAndValues) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) row.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        return row;
    }

    private static Map<String, Object> entry(EntrySnapshot entry) {
        var map = new LinkedHashMap<String, Object>();
        boolean timed = entry.numRequests() > entry.numNoneRequests();
        map.put("name", entry.name());
        map.put("method", entry.method());
        map.put("last_request_timestamp", entry.lastRequestTimestamp().orElse(null));
        map.put("start_time", entry.startTime());
        map.put("num_requests", entry.numRequests());
        map.put("num_none_requests", entry.numNoneRequests());
        map.put("num_failures", entry.numFailures());
        map.put("total_response_time", entry.totalResponseTime());
        map.put("max_response_time", entry.maxResponseTime());
        map.put("min_response_time", timed ? entry.minResponseTime() : null);
        map.put("total_content_length", entry.totalContentLength());
        map.put("response_times", entry.responseTimes());
        map.put("num_reqs_per_sec", entry.numReqsPerSec());
        map.put("num_fail_per_sec", entry.numFailPerSec());
        return map;
    }

    private static Map<String, Object> detailed(EntrySnapshot entry) {
        var map = new LinkedHashMap<>(entry(entry));
        map.put("fail_ratio", entry.failRatio());
        map.put("avg_response_time", entry.avgResponseTime());
        map.put("median_response_time", entry.medianResponseTime());
        map.put("total_rps", entry.totalRps());
        map.put("total_fail_per_sec", entry.totalFailPerSec());
        map.put("avg_content_length", entry.avgContentLength());
        var exact = new LinkedHashMap<String, Object>();
        for (double p : Percentiles.TO_REPORT) exact.put(Percentiles.label(p), entry.percentile(p));
        map.put("percentiles_ms", exact);
        return map;
    }

    private static ObjectWriter writer() {
        var indenter = new DefaultIndenter("    ", "\n");
        var printer = new DefaultPrettyPrinter(Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("").withArrayEmptySeparator(""))
            .withArrayIndenter(indenter)
            .withObjectIndenter(indenter);
        var finite = new SimpleModule().addSerializer(Double.class, new FiniteSerializer()).addSerializer(double.class,
            new FiniteSerializer());
        return JsonMapper.builder().addModule(finite).build().writer().with(printer);
    }
}
