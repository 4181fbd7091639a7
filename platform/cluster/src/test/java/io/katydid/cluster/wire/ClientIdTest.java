package io.katydid.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Makes ids as the reference does and writes ZeroMQ's names of peers as texts. */
class ClientIdTest {

    @Test
    @Parity("PR-8") void anIdIsTheHostAnUnderscoreAndARandomUuid() throws IOException, InterruptedException {
        var name = new String(new ProcessBuilder("hostname").start().getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        var ids = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) ids.add(ClientId.create());
        assertThat(ids).hasSize(1_000).allMatch(id -> id.startsWith(name + "_"))
            .allMatch(id -> id.substring(name.length() + 1).matches("[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}"));
    }

    @Test void namesThatAreNoTextsAreDigitsAndNobodyCanTakeThem() {
        assertThat(Identity.text(new byte[]{0, 1, 2, 3, 4})).isEqualTo("0x0001020304");
        assertThat(Identity.text(new byte[]{(byte) 0xff})).isEqualTo("0xff");
        assertThat(Identity.text("0x0001020304".getBytes(StandardCharsets.UTF_8))).isEqualTo("0x307830303031303230333034");
        for (var name : List.of(new byte[]{0, 1, 2, 3, 4}, new byte[]{(byte) 0xff}, "0x00".getBytes(StandardCharsets.UTF_8), "host_ä"
            .getBytes(StandardCharsets.UTF_8), new byte[0])) {
            assertThat(Identity.bytes(Identity.text(name))).isEqualTo(name);
        }
        assertThat(Identity.bytes("0xno")).isEqualTo("0xno".getBytes(StandardCharsets.UTF_8));
    }
}
