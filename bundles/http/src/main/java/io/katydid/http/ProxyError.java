package io.katydid.http;

import java.io.IOException;

/** Says that a proxy did not let a connection through. */
final class ProxyError extends IOException {

    ProxyError(String message) {
        super(message);
    }
}
