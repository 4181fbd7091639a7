package io.katydid.testkit;

import io.katydid.api.User;

/**
 * Is what a user of your protocol can do in the {@link ProtocolUserContract}. Implement it in a user class whose one task is {@link #play}.
 *
 * <pre>{@code
 * static final class Calls extends HttpUser implements ProtocolCalls {
 *     @Override public void succeed(String name) { client.get("/ok", name(name)); }
 *     @Override public void fail(String name) { client.get("/missing", name(name)); }
 *     @Override public void hang(String name) { client.get("/held", name(name)); }
 *     @Task void task() throws Exception { play(); }
 * }
 * }</pre>
 *
 * <p>The class is also loaded in a loader of its own: let it use no static field of the test.
 */
public interface ProtocolCalls {

    /** Makes one request that succeeds, under this name. */
    void succeed(String name) throws Exception;

    /** Makes one request that the server answers with a failure, under this name. */
    void fail(String name) throws Exception;

    /** Makes one request that the server holds until {@link Peer#release}, under this name. */
    void hang(String name) throws Exception;

    /** Does what the contract wants to see. Call it from the class' one task. */
    default void play() throws Exception {
        var user = (User) this;
        user.environment().shared(ProtocolTrial.PART, ProtocolTrial.Part.class, () -> {
            throw new IllegalStateException("This user class is for a ProtocolUserContract. Run it by a subclass of that.");
        }).play(this, user);
    }
}
