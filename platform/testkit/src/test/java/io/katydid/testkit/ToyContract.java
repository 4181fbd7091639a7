package io.katydid.testkit;

/** Passes, or fails, with users of the toy protocol. */
abstract class ToyContract extends ProtocolUserContract {
    @Override protected Peer openPeer() {
        return TargetServer.open().answer("/missing", Answer.status(404)).answer("/held", Answer.text("late").held());
    }
}
