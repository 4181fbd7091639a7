package io.katydid.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Compares frames with those the reference's own library makes of the same messages; {@code golden.py} made them. */
class GoldenFramesTest {

    @Test
    @Parity("PR-5") void eachMessageOfTheProtocolHasTheReferencesBytes() throws IOException {
        var lines = Golden.lines();
        var messages = Golden.messages();
        assertThat(messages.keySet()).isEqualTo(lines.keySet().stream().collect(java.util.stream.Collectors.toSet()));
        var written = new TreeMap<String, String>();
        messages.forEach((name, message) -> written.put(name, line(Codec.encode(message))));
        assertThat(written).isEqualTo(new TreeMap<>(lines)).hasSize(81);
        for (int row = 20; row <= 30; row++) assertHas(lines, "PR-" + row);
        for (int row = 40; row <= 49; row++) assertHas(lines, "PR-" + row);
    }

    @Test void whatTheReferenceWroteIsReadAndWrittenTheSame() throws CorruptMessage, IOException {
        int read = 0;
        for (var line : Golden.lines().entrySet()) {
            if (line.getValue().contains(" ")) continue;
            var message = Codec.decode(Golden.bytes(line.getValue()));
            var expected = Golden.messages().get(line.getKey());
            assertThat(message).as(line.getKey()).usingRecursiveComparison().isEqualTo(expected);
            assertThat(line(Codec.encode(message))).as(line.getKey()).isEqualTo(line.getValue());
            read++;
        }
        assertThat(read).isEqualTo(73);
    }

    @Test void longFramesAreReadAndWrittenTheSame() throws CorruptMessage, IOException {
        int read = 0;
        for (var line : Golden.lines().entrySet()) {
            if (!line.getValue().contains(" ")) continue;
            var frame = Codec.encode(Golden.messages().get(line.getKey()));
            assertThat(Codec.encode(Codec.decode(frame))).as(line.getKey()).isEqualTo(frame);
            read++;
        }
        assertThat(read).isEqualTo(8);
    }

    @Test
    @Parity("PR-10") void theShortestFramesAreTheKnownBytes() {
        assertThat(Codec.encode(new WireMessage("client_ready", "2.46.3", "h_0123"))).asHexString()
            .isEqualTo("93AC" + hex("client_ready") + "A6" + hex("2.46.3") + "A6" + hex("h_0123"));
        assertThat(Codec.encode(new WireMessage("client_ready", -1, "h_0123"))).asHexString()
            .isEqualTo("93AC" + hex("client_ready") + "FF" + "A6" + hex("h_0123"));
        assertThat(Codec.encode(new WireMessage("quit", null, "w"))).asHexString().isEqualTo("93A471756974C0A177");
        assertThat(Codec.encode(new WireMessage("n", Map.of(100, 1), "w"))).asHexString().isEqualTo("93A16E816401A177");
        assertThat(Codec.encode(new WireMessage("n", Map.of(1700000000, 2), "w"))).asHexString().isEqualTo("93A16E81CE6553F10002A177");
    }

    @Test void thePythonOfThisMachineMakesTheSameFrames() throws IOException, InterruptedException {
        assertThat(Golden.lines(Python.output("golden.py", new byte[0]))).isEqualTo(Golden.lines()).hasSizeGreaterThan(70);
    }

    @Test void pythonReadsAndWritesRandomMessagesTheSame() throws IOException, InterruptedException {
        var messages = new RandomMessages(new Random(20261126));
        var frames = new ArrayList<byte[]>();
        var input = new ByteArrayOutputStream();
        var out = new DataOutputStream(input);
        for (int i = 0; i < 2_000; i++) {
            var frame = Codec.encode(messages.next());
            frames.add(frame);
            out.writeInt(frame.length);
            out.write(frame);
        }
        var lines = Python.output("again.py", input.toByteArray()).lines().toList();
        assertThat(lines).isEqualTo(frames.stream().map(HexFormat.of()::formatHex).toList()).hasSize(2_000);
    }

    private static void assertHas(Map<String, String> lines, String row) {
        assertThat(lines.keySet()).anyMatch(name -> name.startsWith(row + " "));
    }

    private static String hex(String text) {
        return HexFormat.of().withUpperCase().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String line(byte[] frame) {
        return frame.length <= 4096 ? HexFormat.of().formatHex(frame) : frame.length + " " + HexFormat.of().formatHex(digest(frame));
    }

    private static byte[] digest(byte[] frame) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(frame);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
