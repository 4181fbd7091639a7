package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the product with {@code --html}, reads the file with a real parser, compares it with {@code --json} of the same run and shows it to a real browser. */
class HtmlReportIT {
    private static final String USERS = """
        import io.katydid.api.*;
        import io.katydid.http.*;

        class Busy extends HttpUser {
            @Override protected WaitTime waitTime() { return constant(0.02); }

            @Task(3) void home() { client.get("/", name("</script><b>home</b> & \\"more\\"")); }

            @Task void missing() { client.get("/not/exist"); }

            @Task void broken() { throw new IllegalStateException("<!-- no order id"); }
        }
        """;

    @TempDir Path folder;

    @Test
    @Parity({"SD-193", "CL-43", "CL-55", "AC-17"}) void aRunEndedByTimeIsToldInFull() throws Exception {
        try (var shop = new ShopServer()) {
            var product = new Product(folder);
            var script = product.script("Busy.java", USERS);

            var run = product.run("-f", script.toString(), "-H", shop.url(), "--headless", "-u", "5", "-r", "5", "-t", "4s", "--json",
                "all.json", "--html", "out/report_{u}_{r}_{t}.html", "--profile", "peak <of> the day");

            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            var page = read("out/report_5_5_4.html");
            assertSame(page, json());
            assertThat(shop.total()).isEqualTo(data(page).at("/total/num_requests").asLong());
            assertThat(page.title()).isEqualTo("peak <of> the day - Katydid report");
            assertThat(page.expectFirst("header").text()).contains(shop.url(), "Busy.java");
            assertThat(page.expectFirst("#verdict").text()).startsWith("Failed: ").contains(" requests failed (",
                " exceptions in the script");
            assertThat(page.expectFirst(".notice p").text()).startsWith("Exit code 1.");
            assertThat(page.expectFirst("#exceptions tbody pre").text()).contains("IllegalStateException", "Busy.java");
            assertThat(page.select("#tasks").text()).contains("home 60.00 %", "missing 20.00 %");
            assertThat(page.select("#run").text()).contains("--users 5 command line", "ramp done", "Busy");
            assertThat(page.select("#charts path.line")).hasSize(7);
            assertThat(data(page).at("/series/to").size()).isBetween(3, 6);
            showInBrowser("out/report_5_5_4.html");
        }
    }

    @Test
    @Parity("CL-118") void aRunEndedBySigtermIsToldInFull() throws Exception {
        endedBy("TERM");
    }

    @Test
    @Parity("CL-117") void aRunEndedByCtrlCIsToldInFull() throws Exception {
        endedBy("INT");
    }

    private void endedBy(String signal) throws Exception {
        try (var shop = new ShopServer()) {
            var product = new Product(folder).with("LOCUST_HTML", "out/{u}_at_{r}.html");
            var script = product.script("Busy.java", USERS);
            var running = product.start("-f", script.toString(), "-H", shop.url(), "--headless", "-u", "5", "-r", "5", "--json",
                "all.json");
            running.awaitText("All users spawned");
            while (shop.total() < 100 && running.process().isAlive()) running.process().waitFor(20, TimeUnit.MILLISECONDS);

            running.signal(signal);

            var run = running.await();
            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            var page = read("out/5_at_5.html");
            assertSame(page, json());
            assertThat(folder.resolve("out")).as("the report and nothing else").isDirectoryContaining("glob:**/5_at_5.html")
                .isDirectoryNotContaining("glob:**.part");
            assertThat(data(page).at("/total/num_requests").asLong()).isEqualTo(shop.total()).isGreaterThanOrEqualTo(100);
            assertThat(data(page).get("exit_code").asInt()).isEqualTo(1);
        }
    }

    @Test void aRunWithoutARequestIsToldToo() throws Exception {
        var product = new Product(folder);
        var script = product.script("Idle.java", """
            import io.katydid.api.*;

            class Idle extends User {
                @Task void nothing() { sleep(0.1); }
            }
            """);

        var run = product.run("-f", script.toString(), "--headless", "-t", "1s", "--html", "report.html");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(read("report.html").expectFirst("#verdict").text()).isEqualTo("Nothing was measured");
        showInBrowser("report.html");
    }

    @Test void aPlaceThatCannotBeWrittenIsRefusedBeforeTheRun() throws Exception {
        try (var shop = new ShopServer()) {
            var product = new Product(folder);
            var script = product.script("Busy.java", USERS);

            var run = product.run("-f", script.toString(), "-H", shop.url(), "--headless", "-t", "1s", "--html", script + "/report.html");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("The report --html " + script + "/report.html cannot be written: ",
                "Choose a folder that exists or can be made, and that may be written to.");
            assertThat(shop.total()).isZero();
        }
    }

    private Document read(String file) throws IOException { return Jsoup.parse(folder.resolve(file), "UTF-8"); }

    private JsonNode json() throws IOException { return JsonMapper.shared().readTree(Files.readString(folder.resolve("all.json"))); }

    private static JsonNode data(Document page) { return JsonMapper.shared().readTree(page.expectFirst("#data").data()); }

    private static void assertSame(Document page, JsonNode json) {
        assertSame(data(page).get("total"), json.get("total"), page.expectFirst("#requests tfoot tr"),
            page.expectFirst("#percentiles tfoot tr"));
        var rows = page.select("#requests tbody tr");
        assertThat(rows).hasSize(json.get("statistics").size()).hasSize(2);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).expectFirst("th").text()).isEqualTo(json.at("/statistics/" + i + "/name").asString());
            assertSame(data(page).at("/statistics/" + i), json.at("/statistics/" + i), rows.get(i),
                page.select("#percentiles tbody tr").get(i));
        }
        assertThat(page.select("#failures tbody tr")).hasSize(json.get("failures").size()).first().satisfies(row -> {
            assertThat(row.child(0).text().replace(",", "")).isEqualTo(json.at("/failures/0/occurrences").asString());
            assertThat(row.child(3).text()).isEqualTo(json.at("/failures/0/error").asString());
            assertThat(row.expectFirst("time").text()).as("first seen, since the start").matches("0:0\\d");
            assertThat(json.at("/failures/0/first_seen").asString()).startsWith(row.expectFirst("time").attr("datetime").replace("Z", ""));
        });
        assertThat(page.select("#exceptions tbody tr")).hasSize(json.get("exceptions").size());
        assertThat(data(page).get("run_id")).isEqualTo(json.at("/run/id"));
    }

    private static void assertSame(JsonNode data, JsonNode json, Element requests, Element percentiles) {
        for (var figure : new String[]{"num_requests", "num_failures"})
            assertThat(data.get(figure).asLong()).as(figure).isEqualTo(json.get(figure).asLong());
        assertThat(requests.child(2).text().replace(",", "")).isEqualTo(json.get("num_requests").asString());
        assertThat(requests.child(3).text().replace(",", "")).isEqualTo(json.get("num_failures").asString());
        for (var label : new String[]{"50%", "90%", "95%", "99%", "99.9%", "100%"}) {
            assertThat(data.at("/percentiles_ms").get(label).asDouble()).as(label).isCloseTo(
                json.get("percentiles_ms").get(label).asDouble(),
                org.assertj.core.api.Assertions.within(0.0006));
        }
        assertThat(Double.parseDouble(percentiles.child(2).text().replace(",", ""))).as("50%")
            .isCloseTo(json.at("/percentiles_ms/50%").asDouble(), org.assertj.core.api.Assertions.within(0.51));
    }

    /** Lets a real browser run the page: its script must work under the page's own policy. */
    private void showInBrowser(String file) throws Exception {
        var browser = Browser.open(folder);
        if (browser.isEmpty()) return;
        var shown = browser.get().show(folder.resolve(file));
        assertThat(shown.expectFirst("label.theme").hasAttr("hidden")).as("the switch of the theme is offered by the script").isFalse();
        assertThat(shown.select("#requests thead th button")).as("headings that sort").hasSize(12);
        assertThat(shown.select("script")).hasSize(2);
        assertThat(browser.get().tooWide(folder.resolve(file), 390)).as("what a narrow screen would have to scroll sideways for").isEmpty();
    }
}
