package io.katydid.http;

import java.io.IOException;

/** Says that a chain of redirects had no end. */
final class TooManyRedirects extends IOException {

    TooManyRedirects(int allowed) {
        super("Exceeded " + allowed + " redirects.");
    }
}
