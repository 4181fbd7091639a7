package io.katydid.cluster.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares with what Python 3.11 wrote for these texts. */
class PythonTextTest {

    /** The texts are written as Java escapes, for an editor shows few of them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "no id|'no id'|95fba65e1ac7d56a0119cbbe42375165ce3fbc50eae51a463af4267bd2829d85",
        "it's|\"it's\"|bd638ac40e6a105769138f506d6061654f97ac80800c3b9f2622d976d1e35d3f",
        "say \"no\"|'say \"no\"'|0c0b78744af58a57affcdb478bf0d1dc1fa767055d99bf13124edfa81ede06d0",
        "both ' and \"|'both \\' and \"'|42d9b8aeee3df87f16b74c772cd6eadaef61361eed91bad175438ff5b63e1038",
        "`tab\tnew\nret\r back\\slash`|'tab\\tnew\\nret\\r back\\\\slash'|484643ae0af05349dd5f683c610f330c786fc1bd738b9a484c254366ba38d8e8",
        "nul\0bell\u0007del\u007f|'nul\\x00bell\\x07del\\x7f'|dca7a2f52683fe6e68a07b80f7db7d024f521156b4c7d780a6f445f6219b524c",
        "caf\u00e9 \u00a0nbsp\u00ad|'caf\u00e9 \\xa0nbsp\\xad'|fe2ddb775aa32c1bdfdd9e5b42fb31ba6f00065fd5433189062fa630ef5a8a8e",
        "`\u2028 \u200b zero`|'\\u2028 \\u200b zero'|bea76e78b9f097e05299027ac28a83a45fdbdadbd88886b9b35dd9ada3848c82",
        "snow \u2603 \ud83d\ude00|'snow \u2603 \ud83d\ude00'|82c465824f1f52eeabd341cba8df3e52fa58269ac491b464f809f9ab9bcf6b0f",
        "\ue000 private|'\\ue000 private'|82c88b9e16ef38e7a5c210f5872dc0fca3661b6c4b8b898b6973c3bdd6d826f9",
        "`\udb40\udc01 tag`|'\\U000e0001 tag'|7705a939dc462d574f490d1e42fcffad8a0b2b11372a60b64b9c011182949fa4",
        "``|''|aecadf27be7607f07aed563d1b6b78c43aa97abc2035ced6fbc323efbfb237af",
        "`\u3000wide`|'\\u3000wide'|00916ec86163d58764aa1ca74cc41a3567a9eea11529e53c338cc813c39ad2a9",
        "`\u0085\u009f`|'\\x85\\x9f'|e4887ebc7e7dafb3f387c7196595d4bc7bc25aacc1bbaa16ab060fa2294a8f9d"})
    @Parity("ST-11") void theTextAndTheKeyArePythons(String text, String repr, String key) {
        assertThat(PythonText.repr(text)).isEqualTo(repr);
        assertThat(ErrorKey.of("GET", "/a b", text)).isEqualTo(key);
    }
}
