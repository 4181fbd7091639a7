package io.katydid.cluster.wire;

/** Says that a peer sent what is no message; the text has what came, where in the frame, and what is expected. */
public final class CorruptMessage extends Exception {

    CorruptMessage(String message) {
        super(message);
    }

    CorruptMessage(String message, Throwable cause) {
        super(message, cause);
    }
}
