package io.katydid.http;

import java.io.IOException;

/** Says that the server did not take a request on, so that it may be sent again on another connection. */
final class Unanswered extends IOException {

    Unanswered(IOException why) {
        super(why.getMessage(), why);
    }
}
