package io.katydid.http;

/** Takes a body piece by piece instead of having it collected. */
@FunctionalInterface
interface BodySink {

    /** Gets a piece that is valid during the call only. */
    void piece(byte[] buffer, int from, int to);
}
