package io.katydid.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Writes form fields and files as multipart/form-data. */
final class MultipartEncoder {

    private MultipartEncoder() {
    }

    static RequestBody.Bytes encode(List<Map.Entry<String, String>> fields, List<FilePart> files) {
        var random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        return encode(fields, files, HexFormat.of().formatHex(random));
    }

    static RequestBody.Bytes encode(List<Map.Entry<String, String>> fields, List<FilePart> files, String boundary) {
        var out = new ByteArrayOutputStream();
        for (var field : fields) {
            text(out, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(field.getKey()) + "\"\r\n\r\n");
            text(out, field.getValue() + "\r\n");
        }
        for (var file : files) {
            text(out, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(file.field()) + "\"; filename=\""
                + quoted(file.fileName()) + "\"\r\n");
            if (!file.contentType().isEmpty())
                text(out, "Content-Type: " + oneLine(file.contentType()) + "\r\n");
            text(out, "\r\n");
            out.writeBytes(file.content());
            text(out, "\r\n");
        }
        text(out, "--" + boundary + "--\r\n");
        return new RequestBody.Bytes("multipart/form-data; boundary=" + boundary, out.toByteArray());
    }

    private static String oneLine(String text) {
        return text.replace("\r", " ").replace("\n", " ");
    }

    /** Quotes a name as HTML says, so that it cannot end its line. */
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
