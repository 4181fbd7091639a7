package io.katydid.html;

import io.katydid.api.Environment;
import io.katydid.api.cli.ParsedOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes what the run was asked to do, what happened meanwhile, and where. Secret options are never listed, passwords in addresses are masked. */
final class Settings {
    private static final List<Column> COLUMNS = List.of(Column.text("Option"), Column.text("Value"), Column.text("From"));

    private Settings() {}

    static void write(Html html, Report report) {
        html.open("section", "id", "run").element("h2", "Run").open("dl", "class", "facts");
        facts(report).forEach(
            (name, value) -> html.open("div").element("dt", name).with("dd", cell -> Shortened.write(cell, value)).close());
        html.close();
        marks(html, report);
        options(html, report.environment().parsedOptions());
        html.close();
    }

    private static Map<String, String> facts(Report report) {
        var facts = new LinkedHashMap<String, String>();
        report.run().ifPresent(run -> new TreeMap<>(run.parameters()).forEach((key, value) -> {
            if (value instanceof Map<?, ?> map) map.forEach((name, of) -> facts.put("Label " + name, text(of)));
            else facts.put(words(key), text(value));
        }));
        facts.putIfAbsent("Users", "none");
        report.environment().labels().forEach((name, value) -> facts.put("Label " + name, value));
        facts.put("Duration", Figures.duration(report.seconds()));
        var series = report.series();
        facts.put("Busiest loop", Figures.percent(series.largest(Point::busiestLoop)));
        facts.put("Start delay p99", Figures.time(series.largest(Point::wakeUpDelay)));
        facts.put("Longest pause for garbage", Figures.time(series.largest(Point::gcPause)));
        facts.put("Most stolen of a core in a second", Figures.time(series.largest(Point::stolen)));
        facts.put("Katydid", version() + " on Java " + Runtime.version().feature());
        facts.put("System", System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
            + Runtime.getRuntime().availableProcessors() + " processors");
        report.run().ifPresent(run -> facts.put("Run id", run.id()));
        return facts;
    }

    private static String version() {
        return Optional.ofNullable(Environment.class.getPackage().getImplementationVersion()).orElse("development");
    }

    private static String words(String key) {
        var words = key.replace('-', ' ');
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static String text(Object value) {
        return switch (value) {
            case Duration time -> Figures.duration(time.toMillis() / 1e3);
            case String text when text.startsWith("PT") -> duration(text);
            case Collection<?> several -> several.stream().map(Object::toString).map(Masked::text).collect(Collectors.joining(", "));
            default -> Masked.text(value.toString());
        };
    }

    private static String duration(String iso) {
        try {
            return Figures.duration(Duration.parse(iso).toMillis() / 1e3);
        } catch (java.time.format.DateTimeParseException notOne) {
            return iso;
        }
    }

    private static void marks(Html html, Report report) {
        var marks = report.run().map(run -> run.marks()).orElse(List.of());
        if (marks.isEmpty()) return;
        html.element("h3", "Marks").open("ul", "class", "marks");
        marks.stream().limit(200).forEach(mark -> {
            double at = report.start().map(start -> Duration.between(start, mark.time()).toMillis() / 1e3).orElse(0.0);
            html.open("li").element("span", Figures.clock(at), "class", "number").text(" ");
            Shortened.write(html, mark.what());
            html.close();
        });
        html.close();
    }

    private static void options(Html html, ParsedOptions options) {
        var all = options.all();
        var given = new TreeMap<String, Object>();
        var defaults = new TreeMap<String, Object>();
        all.forEach((key, value) -> (options.source(key).equals("default") ? defaults : given).put(key, value));
        html.element("h3", "Options");
        if (given.isEmpty()) html.element("p", "All options had their defaults.", "class", "hint");
        else Table.write(html, "Options that were set", COLUMNS, table -> rows(table, given, options));
        if (!defaults.isEmpty()) {
            html.open("details").element("summary", defaults.size() + " options had their defaults");
            Table.write(html, "Options with their defaults", COLUMNS, table -> rows(table, defaults, options));
            html.close();
        }
        html.element("p", "Options that are declared secret are not shown.", "class", "hint");
    }

    private static void rows(Table table, Map<String, Object> values, ParsedOptions options) {
        table.part("tbody", () -> values.forEach((key, value) -> table
            .row(cells -> cells.name("--" + key).text(text(value)).text(options.source(key)))));
    }
}
