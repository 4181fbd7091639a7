package io.katydid.junit;

import io.katydid.api.Environment;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.http.FastHttpUser;
import io.katydid.http.HttpSession;
import io.katydid.http.HttpUser;
import io.katydid.launcher.Katydid;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** Is a user that lends its session to the thread of a test and does nothing itself. */
final class SessionUser extends HttpUser {
    private static final String NAME = "session of a test";
    private static final int PATIENCE_SECONDS = 20;
    private static final double AN_HOUR = 3600;

    /** Is called by the runner only. */
    SessionUser() {}

    @Override protected void onStart() {
        lend(environment(), client);
    }

    @Task void idle() { sleep(AN_HOUR); }

    /** Is the same with the quicker session. */
    static final class Fast extends FastHttpUser {
        /** Is called by the runner only. */
        Fast() {}

        @Override protected void onStart() {
            lend(environment(), client);
        }

        @Task void idle() { sleep(AN_HOUR); }
    }

    /** Carries the session from the user to the test. */
    record Lent(CompletableFuture<HttpSession> session) {}

    private static Lent lent(Environment environment) {
        return environment.shared(NAME, Lent.class, () -> new Lent(new CompletableFuture<>()));
    }

    private static void lend(Environment environment, HttpSession session) {
        lent(environment).session().complete(session);
    }

    /**
     * Is a session in use.
     *
     * @param environment what its user runs in
     * @param session the session
     */
    record Opened(Environment environment, HttpSession session) implements AutoCloseable {
        @Override public void close() {
            environment.close();
        }
    }

    static Opened open(boolean fast, String host) {
        Class<? extends User> type = fast ? Fast.class : SessionUser.class;
        var environment = Katydid.environment(type).loops(1).host(host).build();
        try {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(1, 1);
            return new Opened(environment, lent(environment).session().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            environment.close();
            Thread.currentThread().interrupt();
            throw new ParameterResolutionException("The test was interrupted before it had its HttpSession.", interrupted);
        } catch (ExecutionException | TimeoutException problem) {
            environment.close();
            throw new ParameterResolutionException("There is no HttpSession for " + host + " after " + PATIENCE_SECONDS
                + " s. Is it a base URL such as http://localhost:8080? The log says more.", problem);
        } catch (RuntimeException | Error problem) {
            environment.close();
            throw problem;
        }
    }
}
