package io.katydid.http;

import io.katydid.api.KatydidException;
import java.util.Locale;

/** Reads the method of a request as the reference does: in capitals, whatever the script wrote. */
final class Methods {

    private Methods() {}

    /** Gives the method as it is sent and recorded. Throws {@link KatydidException} for what would break the request line. */
    static String of(String method) {
        return switch (method) {
            case "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS" -> method;
            default -> other(method);
        };
    }

    private static String other(String method) {
        if (!Ascii.token(method))
            throw new KatydidException(
                "\"" + method.strip() + "\" is not a method. Use a word such as GET, and put the path into the URL.");
        return method.toUpperCase(Locale.ROOT);
    }
}
