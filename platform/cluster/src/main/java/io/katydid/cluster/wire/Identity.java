package io.katydid.cluster.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes ZeroMQ's names of peers as texts, and back. A peer without a name is given one by ZeroMQ that is no text; such names, and those that begin
 * like it, become {@code 0x} and their bytes, so that no peer can take another's text.
 */
final class Identity {
    private static final String HEX = "0x";

    private Identity() {}

    static String text(byte[] identity) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(identity)).toString();
            if (!text.startsWith("\0") && !text.startsWith(HEX)) return text;
        } catch (CharacterCodingException noText) {
            // Becomes digits like a name that begins with zero.
        }
        return HEX + HexFormat.of().formatHex(identity);
    }

    static byte[] bytes(String clientId) {
        if (!clientId.startsWith(HEX)) return clientId.getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().parseHex(clientId.substring(HEX.length()));
        } catch (IllegalArgumentException nobody) {
            return clientId.getBytes(StandardCharsets.UTF_8);
        }
    }
}
