package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.katydid.api.KatydidException;
import io.katydid.api.Task;
import io.katydid.api.User;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sends messages within one process. */
class MessagesTest {
    private final Stage stage = Stage.of(Nobody.class).ready();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    static class Nobody extends User {
        @Task void task() {
            sleep(60);
        }
    }

    @AfterEach void close() {
        stage.close();
    }

    @Test void theyComeInOrderOnOneThreadThatIsNotTheSenders() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        stage.runner.registerMessage("count", Integer.class, (environment, message) -> {
            threads.add(Thread.currentThread());
            heard.add(message.data() + " from " + message.clientId() + (environment == stage.environment ? "" : " elsewhere"));
        });
        for (int i = 0; i < 100; i++) stage.runner.sendMessage("count", i);
        Runs.await(() -> heard.size() == 100);
        assertThat(heard).containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> i + " from local").toList());
        assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @Test void theThreadEndsWithTheEnvironment() {
        var threads = new CopyOnWriteArrayList<Thread>();
        stage.runner.registerMessage("here", Map.class, (_, _) -> threads.add(Thread.currentThread()));
        stage.runner.sendMessage("here");
        Runs.await(() -> threads.size() == 1);
        stage.close();
        Runs.await(() -> !threads.getFirst().isAlive());
    }

    @Test void aConcurrentHandlerDoesNotHoldUpTheNextMessage() {
        var second = new CountDownLatch(1);
        var registration = stage.runner.registerMessageConcurrent("wait", String.class, (_, message) -> {
            if (message.data().equals("first")) second.await();
            heard.add(message.data());
            second.countDown();
        });
        stage.runner.sendMessage("wait", "first");
        stage.runner.sendMessage("wait", "second");
        Runs.await(() -> heard.size() == 2);
        assertThat(heard).containsExactly("second", "first");
        registration.close();
        try (var log = new Logged("katydid.runner")) {
            stage.runner.sendMessage("wait", "third");
            assertThat(log.at(Level.WARN)).hasSize(1);
        }
    }

    @Test void oneWithoutDataCarriesAnEmptyMap() {
        stage.runner.registerMessage("ping", Map.class, (_, message) -> heard.add("ping " + message.data()));
        stage.runner.sendMessage("ping");
        Runs.await(() -> heard.size() == 1);
        assertThat(heard).containsExactly("ping {}");
    }

    @Test void whatNobodyTakesOrDoesNotFitIsSaid() {
        try (var log = new Logged("katydid.runner")) {
            stage.runner.sendMessage("nobody", 1);
            assertThat(log.at(Level.WARN))
                .containsExactly("Nobody takes the message 'nobody'. Register a handler with registerMessage before it is sent.");
            stage.runner.registerMessage("text", String.class, (_, message) -> heard.add(message.data()));
            stage.runner.sendMessage("text", 5);
            stage.runner.sendMessage("text", "fits");
            Runs.await(() -> heard.size() == 1);
            assertThat(log.at(Level.ERROR)).singleElement().asString().endsWith(
                "The message 'text' from local does not fit its handler: It carries a Integer, but the handler takes a String. "
                    + "Register the handler with the type that is sent.");
        }
    }

    @Test void aTypeHasOneHandlerUntilThatIsTakenBack() {
        var first = stage.runner.registerMessage("once", String.class, (_, message) -> heard.add("first " + message.data()));
        assertThatThrownBy(() -> stage.runner.registerMessage("once", String.class, (_, _) -> {})).isInstanceOf(KatydidException.class)
            .hasMessage("The message 'once' has a handler already. Register it once, or close the first registration before.");
        stage.runner.sendMessage("once", "a");
        Runs.await(() -> heard.size() == 1);
        first.close();
        stage.runner.registerMessage("once", String.class, (_, message) -> heard.add("second " + message.data()));
        stage.runner.sendMessage("once", "b");
        Runs.await(() -> heard.size() == 2);
        assertThat(heard).containsExactly("first a", "second b");
    }
}
