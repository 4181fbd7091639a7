package io.katydid.http;

import io.katydid.api.Environment;
import io.katydid.api.Registration;
import io.katydid.api.Scenario;
import io.katydid.api.TaskList;
import io.katydid.api.TaskSet;
import io.katydid.api.ThrowingSupplier;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.UserState;
import io.katydid.api.WaitTime;
import io.katydid.api.spi.PendingVerdict;
import io.katydid.api.spi.RequestOutcome;
import io.katydid.api.spi.UserRuntime;
import java.util.Map;
import java.util.function.Consumer;

/** Stands for a user in the warm-up, which belongs to no environment: nothing is recorded, nobody is stopped. */
final class WarmUpRuntime implements UserRuntime {

    @Override public Environment environment() { throw nobody(); }

    @Override public User user() { throw nobody(); }

    @Override public UserClass userClass() { throw nobody(); }

    private static IllegalStateException nobody() { return new IllegalStateException("The warm-up has no user."); }

    @Override public Thread thread() { return Thread.currentThread(); }

    @Override public String host() { return ""; }

    @Override public Map<String, Object> context() { return Map.of(); }

    @Override public void sleep(double seconds) {
        throw nobody();
    }

    @Override public <T, X extends Exception> T blocking(ThrowingSupplier<T, X> call) throws X { return call.get(); }

    @Override public WaitTime inheritedWaitTime(Scenario scenario) { throw nobody(); }

    @Override public void replaceTasks(Scenario scenario, TaskList tasks) {
        throw nobody();
    }

    @Override public void schedule(TaskSet where, Object task, boolean first) {
        throw nobody();
    }

    @Override public void checkpoint() {}

    @Override public boolean stopping() { return false; }

    @Override public void exchangeStarted() {}

    @Override public void exchangeEnded() {}

    @Override public void record(RequestOutcome outcome) {}

    @Override public UserState userState() { return UserState.RUNNING; }

    @Override public boolean stop(boolean force) { return true; }

    @Override public void cancelled(String requestType, String name) {}

    @Override public void defer(PendingVerdict verdict) {}

    @Override public Registration afterTask(Consumer<String> work) { return () -> {}; }
}
