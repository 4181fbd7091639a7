package io.katydid.http;

import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.testkit.Answer;
import io.katydid.testkit.Peer;
import io.katydid.testkit.ProtocolCalls;
import io.katydid.testkit.ProtocolUserContract;
import io.katydid.testkit.TargetServer;

class FastHttpUserContractTest extends ProtocolUserContract {

    static final class Calls extends FastHttpUser implements ProtocolCalls {
        @Override public void succeed(String name) {
            client.get("/", name(name));
        }

        @Override public void fail(String name) {
            client.get("/missing", name(name));
        }

        @Override public void hang(String name) {
            client.get("/held", name(name));
        }

        @Task void task() throws Exception {
            play();
        }
    }

    @Override protected Class<? extends User> userClass() { return Calls.class; }

    @Override protected Peer openPeer() {
        return TargetServer.open().answer("/missing", Answer.status(404)).answer("/held", Answer.text("late").held());
    }
}
