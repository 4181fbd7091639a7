package io.katydid.http;

/** Ends the block in which all requests of a session have one name. */
@FunctionalInterface
public interface RenamedRequests extends AutoCloseable {

    /** Gives requests their own names again. */
    @Override void close();
}
