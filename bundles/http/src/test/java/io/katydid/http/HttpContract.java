package io.katydid.http;

import io.katydid.testkit.Answer;
import io.katydid.testkit.Peer;
import io.katydid.testkit.ProtocolCalls;
import io.katydid.testkit.ProtocolUserContract;
import io.katydid.testkit.TargetServer;

/** Is what both HTTP users promise: the same calls to the same server. */
abstract class HttpContract extends ProtocolUserContract {

    /** Asks for pages that are answered, are missing, and are held back. */
    interface Pages extends ProtocolCalls {
        void get(String path, String name);

        @Override default void succeed(String name) { get("/", name); }

        @Override default void fail(String name) { get("/missing", name); }

        @Override default void hang(String name) { get("/held", name); }
    }

    @Override protected Peer openPeer() {
        return TargetServer.open().answer("/missing", Answer.status(404)).answer("/held", Answer.text("late").held());
    }
}
