package io.katydid.kernel.dispatch;

import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.WaitTime;
import java.util.List;
import java.util.Optional;

/** Is a user class of which only the numbers matter. */
record FakeClass(String name, Class<? extends User> type, double weight, int fixedCount) implements UserClass {

    static FakeClass weighted(String name, double weight) { return new FakeClass(name, User.class, weight, 0); }

    static FakeClass fixed(String name, int count) { return new FakeClass(name, User.class, 1, count); }

    @Override public void weight(double other) { throw new UnsupportedOperationException(); }

    @Override public void fixedCount(int other) { throw new UnsupportedOperationException(); }

    @Override public Optional<String> host() { return Optional.empty(); }

    @Override public void host(String other) { throw new UnsupportedOperationException(); }

    @Override public Optional<WaitTime> waitTime() { return Optional.empty(); }

    @Override public void waitTime(Optional<WaitTime> other) { throw new UnsupportedOperationException(); }

    @Override public List<String> tasks() { return List.of(); }

    @Override public void tasks(List<String> names) { throw new UnsupportedOperationException(); }
}
