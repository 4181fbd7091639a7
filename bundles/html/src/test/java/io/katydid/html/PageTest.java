package io.katydid.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Environment;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.cli.Option;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.ExceptionEntry;
import io.katydid.api.stats.StatsError;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.options.KernelOptions;
import io.katydid.kernel.options.OptionValues;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Reads whole reports with a real parser: hostile, empty, huge. */
class PageTest {
    private static final String MEAN = String.join("|", Hostile.PIECES);
    private static final Option<String> TOKEN = Option.string("--token").secret();

    static final class Nobody extends User {
        @Task void nothing() {}
    }

    private static Environment environment(OptionValues.Builder options) {
        return new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).parsedOptions(options.build()).build();
    }

    private static String page(FakeSnapshot snapshot, Series series, OptionValues.Builder options) {
        try (var environment = environment(options)) {
            return Page.of(new Report(environment, snapshot, series, OptionalInt.of(1)));
        }
    }

    private static Series series(int seconds) {
        var series = new Series();
        IntStream.rangeClosed(1, seconds).forEach(second -> series
            .add(FakeSnapshot.of(second, 1000, FakeEntry.total(4_740L * second, 13L * second, 38.4 + second % 7, 211.7, 470.3))));
        return series;
    }

    @Test void nothingOfATestBecomesMarkup() throws Exception {
        var error = new StatsError(MEAN, MEAN, MEAN, 3, Optional.empty(), Optional.empty());
        var snapshot = FakeSnapshot.of(1, 1, FakeEntry.total(3, 1, 1, 2, 3)).with(List.of(FakeEntry.of(MEAN, MEAN)))
            .withErrors(List.of(error)).withExceptions(List.of(new ExceptionEntry(2, MEAN, MEAN, Set.of(MEAN))))
            .withCancelled(Map.of(MEAN, 4L));
        var plain = FakeSnapshot.of(1, 1, FakeEntry.total(3, 1, 1, 2, 3)).with(List.of(FakeEntry.of("M", "x".repeat(MEAN.length()))))
            .withErrors(
                List.of(new StatsError("M", "x".repeat(MEAN.length()), "x".repeat(MEAN.length()), 3, Optional.empty(), Optional.empty())))
            .withExceptions(List.of(new ExceptionEntry(2, "x", "x", Set.of("x".repeat(MEAN.length())))))
            .withCancelled(Map.of("x", 4L));
        var options = new OptionValues.Builder().put(KernelOptions.PROFILE, MEAN, MEAN).put(KernelOptions.HOST, MEAN, MEAN);
        var mild = new OptionValues.Builder().put(KernelOptions.PROFILE, "x".repeat(MEAN.length()), "x".repeat(MEAN.length()))
            .put(KernelOptions.HOST, "x".repeat(MEAN.length()), "x".repeat(MEAN.length()));

        var hostile = Jsoup.parse(page(snapshot, series(3), options));

        // The same elements as with harmless texts, with the same attributes.
        assertThat(String.join("\n", skeleton(hostile))).isEqualTo(String.join("\n", skeleton(Jsoup.parse(page(plain, series(3), mild)))));
        assertThat(hostile.expectFirst("#requests tbody th details > bdi").wholeText()).contains("</script>", "<!--", "{{style}}", "$1");
        assertThat(JsonMapper.shared().readTree(hostile.expectFirst("#data").data()).at("/statistics/0/name").asString()).isEqualTo(MEAN);
    }

    private static List<String> skeleton(Document page) {
        return page.getAllElements().stream()
            .map(element -> element.tagName()
                + element.attributes().asList().stream().map(attribute -> attribute.getKey()).sorted().toList())
            .toList();
    }

    @Test void nothingIsLoadedFromAnywhereAndOnlyItsOwnScriptRuns() throws Exception {
        var page = Jsoup.parse(page(FakeSnapshot.of(1, 1, FakeEntry.total(3, 1, 1, 2, 3)), series(3), new OptionValues.Builder()));
        assertThat(page.select("[src], link, iframe, object, embed, base, form, [style]")).isEmpty();
        assertThat(page.select("[href]")).extracting(link -> link.attr("href")).containsExactly("#main");
        assertThat(page.getAllElements()).allSatisfy(
            element -> assertThat(element.attributes().asList()).noneMatch(attribute -> attribute.getKey().startsWith("on")));
        assertThat(page.expectFirst("style").data()).doesNotContain("url(", "@import");
        assertThat(page.select("script")).hasSize(2);
        var policy = page.expectFirst("meta[http-equiv=Content-Security-Policy]").attr("content");
        assertThat(policy).startsWith("default-src 'none'; ").contains("script-src '" + hash(page.select("script").last()) + "'",
            "style-src '" + hash(page.expectFirst("style")) + "'");
    }

    private static String hash(Element element) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(element.data().getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    @Test void secretsStayOutAndPasswordsAreMasked() {
        var options = new OptionValues.Builder().put(TOKEN, "s3cr3t", "command line")
            .put(KernelOptions.HOST, "https://me:pa55@shop.example", "LOCUST_HOST").add(KernelOptions.DRAIN);
        var text = page(FakeSnapshot.of(1, 1, FakeEntry.total(0, 0)), series(1), options);
        assertThat(text).doesNotContain("s3cr3t", "pa55");
        var page = Jsoup.parse(text);
        assertThat(page.select("[aria-label=Options that were set] tbody tr").eachText())
            .containsExactly("--host https://me:•••@shop.example LOCUST_HOST");
        assertThat(page.select("[aria-label=Options with their defaults] tbody tr").eachText()).containsExactly("--drain 1.0 s default");
    }

    @Test void aRunWithoutRequestsSaysSo() {
        var page = Jsoup.parse(page(FakeSnapshot.of(0, 0, FakeEntry.total(0, 0)), new Series(), new OptionValues.Builder()));
        assertThat(page.select("#charts").text()).contains("Nothing was recorded.");
        assertThat(page.select("#requests .hint").text()).isEqualTo("No request was recorded.");
        assertThat(page.select("#failures .hint").text()).isEqualTo("No request failed.");
        assertThat(page.select("#percentiles tfoot tr").text()).isEqualTo("All requests — — — — — — — — —");
        assertThat(page.text()).doesNotContain("NaN", "Infinity", "null");
    }

    @Test void requestsThatWereCutOffMakeTheFiguresDoubtful() {
        var page = Jsoup.parse(page(FakeSnapshot.of(1, 1, FakeEntry.total(3, 0, 1)).withCancelled(Map.of("GET /slow", 4L)), series(1),
            new OptionValues.Builder()));
        assertThat(page.expectFirst("#doubts").parent().text()).isEqualTo(
            "Doubtful 4 requests were cancelled when the drain was over: neither requests nor failures in the figures below. GET /slow: 4");
    }

    @Test void failuresSayWhen() {
        var error = new StatsError("GET", "/a", "no", 3, Optional.of(Instant.parse("2026-01-02T03:04:05.678Z")), Optional.empty());
        var page = Jsoup.parse(page(FakeSnapshot.of(1, 1, FakeEntry.total(3, 3, 1)).withErrors(List.of(error)), series(1),
            new OptionValues.Builder()));
        assertThat(page.expectFirst("#failures tbody tr").text()).isEqualTo("3 GET /a no 2026-01-02T03:04:05Z —");
    }

    @Test void verdictsSayWhatHappened() {
        assertThat(verdict(FakeEntry.total(10, 0, 1), OptionalInt.of(0))).isEqualTo("good Passed: none of 10 requests failed Exit code 0.");
        assertThat(verdict(FakeEntry.total(10, 3, 1), OptionalInt.of(1)))
            .isEqualTo("bad Failed: 3 of 10 requests failed (30.00 %) Exit code 1.");
        assertThat(verdict(FakeEntry.total(10, 3, 1), OptionalInt.of(0)))
            .isEqualTo("warn Passed with failures: 3 of 10 requests failed (30.00 %) Exit code 0.");
        assertThat(verdict(FakeEntry.total(10, 0, 1), OptionalInt.of(7)))
            .isEqualTo("bad Failed: the run ended with an error, though no request failed Exit code 7.");
        assertThat(verdict(FakeEntry.total(10, 0, 1), OptionalInt.empty())).isEqualTo("good Passed: none of 10 requests failed");
        assertThat(verdict(FakeEntry.total(0, 0), OptionalInt.of(0)))
            .startsWith("warn Nothing was measured Exit code 0. No request was recorded.");
    }

    private static String verdict(EntrySnapshot total, OptionalInt exitCode) {
        try (var environment = environment(new OptionValues.Builder())) {
            var page = Jsoup.parse(Page.of(new Report(environment, FakeSnapshot.of(1, 1, total), series(1), exitCode)));
            var notice = page.expectFirst(".notice");
            return notice.className().replace("notice ", "") + " " + notice.text();
        }
    }

    @Test void tablesAreTables() {
        var page = Jsoup
            .parse(page(FakeSnapshot.of(1, 1, FakeEntry.total(3, 1, 1, 2, 3)).with(List.of(FakeEntry.of("GET", "/a"))), series(90),
                new OptionValues.Builder()));
        assertThat(page.select("h1")).hasSize(1);
        assertThat(page.select("table")).hasSizeGreaterThan(2).allSatisfy(table -> {
            var headings = table.select("thead th[scope=col]");
            assertThat(table.attr("aria-label")).isNotBlank();
            assertThat(table.select("tbody tr, tfoot tr")).isNotEmpty().allSatisfy(row -> {
                assertThat(row.select("th, td")).hasSameSizeAs(headings);
                assertThat(row.select("th[scope=row]")).hasSize(1);
                for (int i = 0; i < headings.size(); i++)
                    assertThat(row.child(i).hasClass("minor")).as(headings.get(i).text()).isEqualTo(headings.get(i).hasClass("minor"));
            });
        });
        assertThat(page.select("[role=img]")).hasSize(4).allSatisfy(image -> assertThat(image.attr("aria-label")).isNotBlank());
        assertThat(page.select("[aria-label=Values over time] tbody tr")).hasSizeBetween(30, 60);
    }

    /** The sizes are printed, so that growth is seen before it hurts. */
    @Test void theSizeIsBounded() {
        var usual = new ArrayList<EntrySnapshot>();
        for (int i = 0; i < 100; i++) usual.add(FakeEntry.of("GET", "/api/products/" + i));
        var hour = page(FakeSnapshot.of(3600, 1, FakeEntry.total(9, 1, 1, 2)).with(usual), series(3_600), new OptionValues.Builder());
        assertThat(kilobytes("an hour, 100 names", hour)).isLessThan(500);

        var names = new ArrayList<EntrySnapshot>();
        var errors = new ArrayList<StatsError>();
        var exceptions = new ArrayList<ExceptionEntry>();
        for (int i = 0; i < 2_500; i++) {
            names.add(FakeEntry.of("GET", i + "x".repeat(5_000)));
            errors.add(new StatsError("GET", i + "x".repeat(5_000), "e".repeat(50_000), i, Optional.empty(), Optional.empty()));
            exceptions.add(new ExceptionEntry(i, "m".repeat(5_000), "t".repeat(100_000), Set.of("local")));
        }
        var worst = FakeSnapshot.of(3600, 1, FakeEntry.total(9, 1, 1, 2)).with(names).withErrors(errors).withExceptions(exceptions);
        var page = page(worst, series(86_400), new OptionValues.Builder());
        assertThat(kilobytes("a day, 2,500 names of 5,000 characters", page)).isLessThan(10_000);
        var read = Jsoup.parse(page);
        assertThat(read.select("#requests tbody tr")).hasSize(RequestTable.MOST);
        assertThat(read.select("#failures tbody tr")).hasSize(FailureTable.MOST);
        assertThat(read.expectFirst("#failures tbody td").text()).as("the most frequent first").isEqualTo("2,499");
        assertThat(read.text()).contains("500 more names are not listed; the totals have them.",
            "2,000 rarer kinds are not listed; --csv has them all.", "2,400 rarer kinds are not listed.", "one point for 128 s");
    }

    private static int kilobytes(String what, String page) {
        int size = page.getBytes(StandardCharsets.UTF_8).length / 1000;
        System.out.println("report of " + what + ": " + size + " kB");
        return size;
    }
}
