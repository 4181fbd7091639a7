package io.katydid.http;

import java.io.IOException;

/** Says that a request had no answer, not even the beginning of one, and may be sent again on another connection. */
final class Unanswered extends IOException {

    private final boolean unseen;

    /** Makes one of a request of which it is certain that the server did not take it on, or not. */
    Unanswered(IOException why, boolean unseen) {
        super(why.getMessage(), why);
        this.unseen = unseen;
    }

    /** Tells whether the server said that it did not take the request on, or never got it. */
    boolean isUnseen() { return unseen; }
}
