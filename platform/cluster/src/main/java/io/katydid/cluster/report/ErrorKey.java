package io.katydid.cluster.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes the key under which the reference reports an error. */
final class ErrorKey {

    private ErrorKey() {}

    static String of(String method, String name, String error) {
        try {
            var text = method + "." + name + "." + PythonText.repr(error);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", impossible);
        }
    }
}
