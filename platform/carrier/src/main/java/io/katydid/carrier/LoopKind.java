package io.katydid.carrier;

/**
 * Says what a loop is for and how it waits. Public only for {@code io.katydid.carrier.netty}.
 *
 * @param carriesUsers false: users run on the default scheduler
 * @param busyPoll true: it does not sleep while it has users
 */
public record LoopKind(boolean carriesUsers, boolean busyPoll) {
    static final LoopKind USUAL = new LoopKind(true, false);
}
