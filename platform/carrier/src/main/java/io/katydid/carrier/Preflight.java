package io.katydid.carrier;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/**
 * Makes the JDK's socket pollers before a user can. They are virtual threads made at the first blocking socket use in the JVM, and they stay on the scheduler
 * of whoever made them: on a loop, one user that burns CPU would stop every blocking socket of the JVM, and the end of the loop would stop them for ever.
 */
final class Preflight {
    private static final int LIMIT_MILLIS = 2000;
    private static final CountDownLatch DONE = new CountDownLatch(1);

    static {
        // A platform thread starts it, so the virtual one is on the default scheduler.
        Thread.ofPlatform().daemon().inheritInheritableThreadLocals(false).name("katydid-preflight").start(() -> {
            var touch = Thread.ofVirtual().unstarted(Preflight::touchPollers);
            touch.start();
            try {
                touch.join();
            } catch (InterruptedException nobodyDoes) {
                Thread.currentThread().interrupt();
            } finally {
                DONE.countDown();
            }
        });
    }

    private Preflight() {}

    /** Starts it, once per JVM; returns at once. */
    static void start() {}

    /** Waits until it is done. */
    static void await() {
        if (DONE.getCount() == 0) return;
        boolean interrupted = false;
        while (true) {
            try {
                DONE.await();
                break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    /** Bounded: what it waits for is the loopback, and if that does not answer users start all the same. */
    private static void touchPollers() {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            var client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            server.setSoTimeout(LIMIT_MILLIS);
            client.setSoTimeout(LIMIT_MILLIS);
            var answer = Thread.ofVirtual().start(() -> {
                try (var accepted = server.accept()) {
                    accepted.getOutputStream().write(1);
                } catch (IOException closed) {
                    Carriers.LOG.debug("The preflight's server was closed", closed);
                }
            });
            if (client.getInputStream().read() != 1) Carriers.LOG.debug("The preflight read nothing");
            answer.join();
        } catch (IOException noLoopback) {
            Carriers.LOG.debug("The preflight found no loopback", noLoopback);
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }
}
