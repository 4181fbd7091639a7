package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * Is a real browser without a window.
 *
 * @param program Chromium
 * @param folder where its files are
 */
record Browser(Path program, Path folder) {
    /** Opens all that can be opened and lists what is wider than its window; tables may be, they scroll by themselves. */
    private static final String RULER = """
        <script>addEventListener("load", () => {
          document.querySelectorAll("details").forEach(details => details.open = true);
          const wide = [...document.querySelectorAll("body *")].filter(element => !element.closest(".scroll, svg, .skip")
            && element.getBoundingClientRect().right > innerWidth).map(element => element.outerHTML.slice(0, 80));
          if (document.documentElement.scrollWidth > innerWidth) wide.push("the page: " + document.documentElement.scrollWidth);
          parent.postMessage(innerWidth + "\\n" + wide.join("\\n"), "*");
        });</script>
        """;

    /** Gives the browser; nothing, and a word about it, where there is none. */
    static Optional<Browser> open(Path folder) {
        var program = Peers.find("chromium");
        if (program.isEmpty()) Peers.missing("chromium");
        return program.map(found -> new Browser(found, folder));
    }

    /** Gives the page as it is when its scripts have run; they must not complain. */
    Document show(Path page) throws Exception {
        var out = folder.resolve("dom.html");
        var log = folder.resolve("chromium.log");
        var process = new ProcessBuilder(program.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--enable-logging=stderr", "--user-data-dir=" + folder.resolve("profile"),
            "--virtual-time-budget=3000", "--dump-dom", page.toUri().toString()).redirectOutput(out.toFile())
            .redirectError(log.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("chromium ended").isTrue();
        assertThat(Files.readString(log)).as("what the page said to the console").doesNotContain("CONSOLE");
        return Jsoup.parse(out, "UTF-8");
    }

    /** Gives what does not fit into a window of that many pixels. No window is that narrow, so it is a frame. */
    String tooWide(Path page, int pixels) throws Exception {
        var copy = Jsoup.parse(page, "UTF-8");
        copy.select("meta[http-equiv=Content-Security-Policy]").remove();
        copy.body().append(RULER);
        var measured = Files.writeString(folder.resolve("measured.html"), copy.outerHtml());
        var frame = frame(measured, pixels);
        var said = show(frame).expectFirst("#said").wholeText().split("\n", 2);
        assertThat(said[0]).as("width of the frame").isEqualTo(Integer.toString(pixels));
        return said[1];
    }

    private Path frame(Path page, int pixels) throws IOException {
        return Files.writeString(folder.resolve("frame.html"), """
            <!DOCTYPE html><meta charset="utf-8"><iframe src="%s" style="width: %dpx; height: 800px; border: 0"></iframe>
            <pre id="said">nothing</pre><script>onmessage = event => document.getElementById("said").textContent = event.data;</script>
            """.formatted(page.getFileName(), pixels));
    }
}
