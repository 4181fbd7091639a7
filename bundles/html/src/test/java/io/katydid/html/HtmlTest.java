package io.katydid.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Proves with a real parser that a text stays a text wherever it is put. */
@Domain(Hostile.class)
class HtmlTest {

    @Property void aTextBetweenTagsIsReadAsItWasWritten(@ForAll String text) {
        var cell = Jsoup.parseBodyFragment("<table><tr>" + new Html().element("td", text) + "</tr></table>").expectFirst("td");
        assertThat(cell.childrenSize()).isZero();
        assertThat(cell.wholeText()).isEqualTo(shown(text));
    }

    @Property void aTextInAnAttributeIsReadAsItWasWritten(@ForAll String text) {
        var body = Jsoup.parseBodyFragment(new Html().element("p", "", "title", text).toString()).body();
        assertThat(body.childrenSize()).isEqualTo(1);
        assertThat(body.child(0).attributesSize()).isEqualTo(1);
        assertThat(body.child(0).attr("title")).isEqualTo(shown(text));
    }

    @Property void aTextInTheDataIsReadAsItWasWritten(@ForAll String text) {
        var json = Data.safe(JsonMapper.shared().writeValueAsString(Map.of("name", text)));
        assertThat(json).doesNotContain("<", ">", "&", "\u2028", "\u2029");
        var page = Jsoup.parse(Template.fill(Map.of("data", json, "title", "", "body", "")));
        assertThat(page.select("script")).hasSize(2);
        var read = JsonMapper.shared().readTree(page.expectFirst("#data").data());
        assertThat(read.get("name").asString()).isEqualTo(text);
    }

    /** Is the rule in other words: what HTML has no place for is shown as a picture or as unknown. */
    private static String shown(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean control = c < 0x20 && c != '\n' && c != '\t';
            boolean unknown = c >= 0x80 && c <= 0x9F || c >= 0xD800 && c <= 0xDFFF || c == 0xFFFE || c == 0xFFFF;
            out.appendCodePoint(control ? 0x2400 + c : c == 0x7F ? 0x2421 : unknown ? 0xFFFD : c);
        });
        return out.toString();
    }

    @Test void anElementLeftOpenIsAnError() {
        var html = new Html().open("table").open("tr");
        assertThatThrownBy(html::toString).hasMessage("These elements are still open: [tr, table]");
    }
}
