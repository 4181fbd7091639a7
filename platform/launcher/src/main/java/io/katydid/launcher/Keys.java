package io.katydid.launcher;

import io.katydid.api.Runner;
import io.katydid.api.State;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens to the keys of a run: {@code w} and {@code W} add 1 and 10 users, {@code s} and {@code S} take them away. */
final class Keys {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private static final double SPAWN_RATE = 100;
    private final Runner runner;

    Keys(Runner runner) {
        this.runner = runner;
    }

    /** Reads keys on a thread of its own until the stream ends. */
    void listen(InputStream in) {
        Thread.ofPlatform().daemon().name("katydid-keys").start(() -> read(in));
    }

    void read(InputStream in) {
        try {
            for (int key = in.read(); key >= 0; key = in.read()) pressed((char) key);
        } catch (IOException closed) {
            LOG.debug("Keys are not listened to any more", closed);
        }
    }

    private void pressed(char key) {
        switch (key) {
            case 'w' -> change(1);
            case 'W' -> change(10);
            case 's' -> change(-1);
            case 'S' -> change(-10);
            default -> LOG.debug("The key {} does nothing", (int) key);
        }
    }

    private void change(int by) {
        if (runner.state() == State.SPAWNING) {
            LOG.warn("Already spawning users, can't change their number right now. Press the key again when the ramp is done.");
            return;
        }
        runner.start(Math.max(0, runner.userCount() + by), SPAWN_RATE);
    }
}
