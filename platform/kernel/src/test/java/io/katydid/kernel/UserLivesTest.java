package io.katydid.kernel;

import static io.katydid.kernel.Runs.LOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.State;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.parity.Parity;
import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Looks at what users are made of and how they live beside each other. */
class UserLivesTest {

    static class Counting extends User {
        static final Map<User, Thread> THREADS = new ConcurrentHashMap<>();
        static final AtomicInteger TOO_MANY = new AtomicInteger();
        static final AtomicInteger ROUNDS = new AtomicInteger();
        private final AtomicInteger inTask = new AtomicInteger();

        @Task void task() {
            if (inTask.incrementAndGet() > 1) TOO_MANY.incrementAndGet();
            THREADS.put(this, Thread.currentThread());
            sleep(0.001);
            ROUNDS.incrementAndGet();
            inTask.decrementAndGet();
        }
    }

    @Test
    @Parity({"UM-20", "UM-75", "SD-197"}) void eachIsAnInstanceWithAThreadOfItsOwnThatDoesOneTaskAfterTheOther() {
        Counting.THREADS.clear();
        Counting.ROUNDS.set(0);
        try (var stage = Stage.of(Counting.class).ready()) {
            stage.runner.start(5, 1000);
            Runs.await(() -> Counting.THREADS.size() == 5 && Counting.ROUNDS.get() > 100);
            assertThat(Set.copyOf(Counting.THREADS.values())).hasSize(5).allMatch(Thread::isVirtual);
            assertThat(stage.runner.users()).hasSize(5).allSatisfy(user -> assertThat(user.thread()).isEqualTo(Counting.THREADS.get(user)));
            stage.runner.stop();
            assertThat(Counting.TOO_MANY).hasValue(0);
            assertThat(Counting.THREADS.values()).noneMatch(Thread::isAlive);
        }
    }

    static class Runner extends User {
        @Task void run() {
            LOG.add("run");
            if (Runs.seen(2)) throw new StopUser();
        }
    }

    /** The loop is no method of the user, so that a task may be called as the reference's loop is. */
    @Test
    @Parity({"UM-10", "UM-30"}) void aTaskMayBeCalledRun() {
        Runs.until(() -> Runs.seen(2), Runner.class);
        assertThat(LOG).containsExactly("run", "run");
    }

    abstract static class Template extends User {
        @Task void task() {
            LOG.add(getClass().getSimpleName());
            throw new StopUser();
        }
    }

    static class Concrete extends Template {}

    @Test
    @Parity({"UM-7", "SD-10"}) void anAbstractClassHasNoUsersASubclassHas() {
        assertThatThrownBy(() -> new EnvironmentBuilder().userClasses(List.of(Template.class)).loops(1).build()).hasMessage(
            "The user class " + Template.class.getName()
                + " is abstract, so there can be no user of it. Name a class that extends it, or take 'abstract' away.");
        Runs.until(() -> Runs.seen(1), Concrete.class);
        assertThat(LOG).containsExactly("Concrete");
    }

    @Test
    @Parity("UM-14") void aPlainUserHasNoClient() {
        var members = new ArrayList<Member>();
        for (Class<?> at = User.class; at != null; at = at.getSuperclass()) {
            members.addAll(List.of(at.getDeclaredFields()));
            members.addAll(List.of(at.getDeclaredMethods()));
        }
        assertThat(members).hasSizeGreaterThan(30).noneMatch(member -> member.getName().equals("client"));
    }

    /** Is a protocol of the script's own, one connection for all users. */
    private static final class Line implements AutoCloseable {
        int send(String text) { return text.length(); }

        @Override public void close() { LOG.add("closed"); }
    }

    static class LineUser extends User {
        private final Line line = environment().shared("line", Line.class, Line::new);

        @Task void send() {
            int sent = environment().events().request().measure("LINE", "send", sample -> {
                int length = line.send("hello");
                sample.responseLength(length);
                return length;
            }).orElse(0);
            environment().events().request().measure("LINE", "judged", sample -> {
                if (line.send("hi") < 5) sample.failure("too short");
                return 0;
            });
            LOG.add("sent " + sent);
            throw new StopUser();
        }
    }

    @Test
    @Parity("SD-26") void aScriptMakesAProtocolOfItsOwn() {
        var environment = Runs.until(() -> Runs.seen(3), 3, _ -> {}, LineUser.class);
        assertThat(LOG).containsExactly("sent 5", "sent 5", "sent 5", "closed");
        var entry = environment.stats().get("send", "LINE");
        assertThat(entry.numRequests()).isEqualTo(3);
        assertThat(entry.totalContentLength()).isEqualTo(15);
        assertThat(entry.numFailures()).isZero();
        assertThat(environment.stats().errors()).singleElement().satisfies(error -> {
            assertThat(error.name() + ": " + error.error()).isEqualTo("judged: too short");
            assertThat(error.occurrences()).isEqualTo(3);
        });
    }

    static class Looks extends User {
        static final List<Object> SEEN = new CopyOnWriteArrayList<>();

        @Task void task() {
            SEEN.addAll(List.of(environment(), environment().stats(), environment().events(), environment().runner(),
                environment().webUI().isPresent(), environment().runner().state(), userClass().name()));
            throw new StopUser();
        }
    }

    @Test
    @Parity({"SD-11", "SD-133"}) void aUserSeesItsEnvironment() {
        Looks.SEEN.clear();
        try (var stage = Stage.of(Looks.class, builder -> builder.labels(Map.of("region", "eu")).headless(false)).ready()) {
            stage.runner.start(1, 1000);
            Runs.await(() -> Looks.SEEN.size() == 7);
            assertThat(Looks.SEEN.subList(0, 5)).containsExactly(stage.environment, stage.environment.stats(), stage.environment.events(),
                stage.runner, true);
            assertThat(Looks.SEEN.get(5)).isIn(State.SPAWNING, State.RUNNING);
            assertThat(Looks.SEEN.get(6)).isEqualTo("Looks");
            // The seed's dictionary of tags: they go with the run's record into what reporters write.
            assertThat(stage.environment.labels()).isEqualTo(Map.of("region", "eu"));
            assertThat(stage.environment.run().orElseThrow().parameters()).containsEntry("labels", Map.of("region", "eu"));
        }
    }
}
