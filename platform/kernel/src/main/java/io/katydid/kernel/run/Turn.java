package io.katydid.kernel.run;

import io.katydid.kernel.users.RunningUser;
import io.katydid.kernel.users.UserHome;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Is the right to change the test: one thread at a time, which may take it again in a listener it calls. A user waits for it until it is told to stop: whoever
 * has the turn may be waiting for that user to end.
 */
final class Turn {
    private final ReentrantLock lock = new ReentrantLock();
    private final UserHome home;

    Turn(UserHome home) {
        this.home = home;
    }

    void take() {
        var user = RunningUser.current(home);
        if (user.isEmpty()) {
            lock.lock();
        } else {
            take(user.get());
        }
    }

    private void take(RunningUser user) {
        boolean interrupted = false;
        boolean mine = false;
        while (!mine) {
            user.checkpoint();
            try {
                lock.lockInterruptibly();
                mine = true;
            } catch (InterruptedException perhapsToStop) {
                interrupted = true;
            }
        }
        if (user.stopping()) end();
        user.checkpoint();
        if (interrupted) Thread.currentThread().interrupt();
    }

    void end() {
        lock.unlock();
    }

    boolean isMine() { return lock.isHeldByCurrentThread(); }
}
