package io.katydid.html;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.domains.DomainContextBase;
import net.jqwik.api.Provide;

/** Makes texts that try to become markup, script or a place of the template. */
final class Hostile extends DomainContextBase {
    static final String[] PIECES = {"</script>", "<script>alert(1)</script>", "<!--", "-->", "]]>", "<![CDATA[", "</style>", "</title>",
        "</td>",
        "\" onload=\"x", "' x='", "<img src=x onerror=alert(1)>", "&lt;", "&amp", "&#0;", "{{style}}", "{{data}}", "$1", "\\", "\\u003c",
        "\u2028",
        "\u2029", "\0", "\u0001", "\r\n", "\r", "\n", "\t", "\u007F", "\u0085", "\uFEFF", "\uFFFE", "\uD800", "\uDC00", "\uD83D\uDE00",
        "\u202Eabc", "http://evil.example/x.js", "javascript:alert(1)", "名前", " "};

    @Provide Arbitrary<String> texts() {
        var piece = Arbitraries.of(PIECES);
        var any = Arbitraries.strings().all().ofMaxLength(8);
        return Arbitraries.oneOf(piece, any).list().ofMaxSize(8).map(parts -> String.join("", parts));
    }
}
