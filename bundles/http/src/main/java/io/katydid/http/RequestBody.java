package io.katydid.http;

import java.io.InputStream;

/** Is what a request sends, with its content type ("" for none). */
sealed interface RequestBody {

    String contentType();

    /** Is a body that may be sent again after a redirect or retry. */
    record Bytes(String contentType, byte[] bytes) implements RequestBody {
    }

    /** Is a body of unknown length, sent in chunks, once. */
    record Streamed(String contentType, InputStream stream) implements RequestBody {
    }
}
