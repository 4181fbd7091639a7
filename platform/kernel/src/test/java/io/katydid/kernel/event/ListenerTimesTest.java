package io.katydid.kernel.event;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.katydid.api.Listener;
import io.katydid.kernel.Logged;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Feeds the times of calls. */
class ListenerTimesTest {
    private final ListenerTimes times = new ListenerTimes();
    private final Listener<Object> listener = _ -> {};
    private final Logged log = new Logged("katydid.event");

    @AfterEach void close() {
        log.close();
    }

    private void calls(int count, long micros) {
        for (int i = 0; i < count; i++) times.add(listener, micros * 1000);
    }

    private List<String> said() { return log.at(Level.WARN); }

    @Test void aSlowListenerIsNamedOnceWithItsAverage() {
        calls(39, 80);
        assertThat(said()).isEmpty();
        calls(100, 80);
        assertThat(said()).singleElement().asString().startsWith("The request listener ")
            .contains(" takes 80 µs on average, on the users' own threads. Keep what it needs and work elsewhere, or write a Reporter.");
    }

    @Test void onePauseOfTheMachineInEachWindowIsNotTheListeners() {
        for (int window = 0; window < 10; window++) {
            calls(19, 5);
            calls(1, 40_000);
        }
        assertThat(said()).isEmpty();
    }

    @Test void oneSlowWindowAloneIsNotEnough() {
        for (int i = 0; i < 5; i++) {
            calls(20, 900);
            calls(20, 5);
        }
        assertThat(said()).isEmpty();
    }
}
