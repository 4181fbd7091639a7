package io.katydid.http;

import io.katydid.api.KatydidException;
import org.jspecify.annotations.Nullable;

/** Says that JSON is malformed or lacks something; the text has the path and the beginning of the body. */
public final class JsonException extends KatydidException {

    JsonException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
