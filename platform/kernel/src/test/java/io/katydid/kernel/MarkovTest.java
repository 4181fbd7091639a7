package io.katydid.kernel;

import static io.katydid.kernel.Runs.LOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.katydid.api.MarkovTaskSet;
import io.katydid.api.StopUser;
import io.katydid.api.Tag;
import io.katydid.api.Task;
import io.katydid.api.Tasks;
import io.katydid.api.Transition;
import io.katydid.api.User;
import io.katydid.parity.Parity;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** Walks along transitions, and says what is wrong with them before a user exists. */
class MarkovTest {

    static class Walk extends MarkovTaskSet {
        @Transition(to = "rare")
        @Transition(to = "often", weight = 3) void home() { LOG.add("home"); }

        @Transition(to = "home") void rare() { LOG.add("rare"); }

        @Transition(to = "home") void often() { LOG.add("often"); }
    }

    @Tasks(Walk.class)
    static class Walker extends User {}

    @Test
    @Parity({"UM-63", "UM-64", "AC-92"}) void itBeginsWithTheFirstMethodAndFollowsTheWaysByWeight() {
        Runs.until(() -> Runs.seen(8000), Walker.class);
        for (int i = 0; i < 8000; i += 2) assertThat(LOG.get(i)).isEqualTo("home");
        // Nine standard deviations of 4,000 draws.
        assertThat(LOG.subList(0, 8000).stream().filter("often"::equals).count()).isBetween(2750L, 3250L);
    }

    static class GoesOn extends MarkovTaskSet {
        private int run;

        @Transition(to = "two") void one() {
            LOG.add("one");
            if (++run == 2) throw new StopUser();
        }

        @Transition(to = "one") void two() {
            LOG.add("two");
            throw new IllegalStateException("boom");
        }
    }

    @Tasks(GoesOn.class)
    static class Survivor extends User {}

    @Test
    @Parity({"UM-64", "UM-50"}) void anExceptionDoesNotStartTheWalkAnew() {
        Runs.until(() -> Runs.seen(3), Survivor.class);
        assertThat(LOG).containsExactly("one", "two", "one");
    }

    static class None extends MarkovTaskSet {
        void task() {}
    }

    @Tasks(None.class)
    static class NoneUser extends User {}

    static class Unknown extends MarkovTaskSet {
        @Transition(to = "elsewhere") void home() {}
    }

    @Tasks(Unknown.class)
    static class UnknownUser extends User {}

    static class DeadEnd extends MarkovTaskSet {
        @Transition(to = "plain") void home() {}

        @Task void plain() {}
    }

    @Tasks(DeadEnd.class)
    static class DeadEndUser extends User {}

    static class Tagged extends MarkovTaskSet {
        @Tag("slow")
        @Transition(to = "home") void home() {}
    }

    @Tasks(Tagged.class)
    static class TaggedUser extends User {}

    static class Weightless extends MarkovTaskSet {
        @Transition(to = "home", weight = 0) void home() {}
    }

    @Tasks(Weightless.class)
    static class WeightlessUser extends User {}

    private static AbstractThrowableAssert<?, ? extends Throwable> check(Class<? extends User> type) {
        return assertThatThrownBy(() -> new EnvironmentBuilder().userClasses(List.of(type)).loops(1).build());
    }

    @Test
    @Parity({"UM-65", "AC-92"}) void eachMistakeIsNamed() {
        check(NoneUser.class).hasMessage(
            "No Markov tasks in None: none of its methods has a @Transition. Add @Transition(to = \"…\") to them.");
        check(UnknownUser.class).hasMessage(
            "Unknown task 'elsewhere' in Unknown: @Transition on home() points to it. Name a method with a @Transition.");
        check(DeadEndUser.class).hasMessage(
            "The @Transition on DeadEnd.home() leads to 'plain', which has no transitions of its own. Add one to it.");
        check(TaggedUser.class).hasMessage(
            "Tags are unsupported for Markov tasks: Tagged.home() has [slow]. Tag the whole task set instead.");
        check(WeightlessUser.class).hasMessage(
            "The @Transition on Weightless.home() to 'home' has the weight 0. Give 1 or more.");
    }

    abstract static class Template extends MarkovTaskSet {
        @Transition(to = "ofSubclass") void first() { LOG.add("first"); }
    }

    static class Complete extends Template {
        @Transition(to = "first") void ofSubclass() { LOG.add("second"); }
    }

    @Tasks(Complete.class)
    static class CompleteUser extends User {}

    @Test
    @Parity("UM-65") void anAbstractClassIsNotCheckedItsSubclassIs() {
        Runs.until(() -> Runs.seen(3), CompleteUser.class);
        assertThat(LOG.subList(0, 3)).containsExactly("first", "second", "first");
    }

    static class Island extends MarkovTaskSet {
        @Transition(to = "home") void home() {}

        @Transition(to = "home") void lonely() {}
    }

    @Tasks(Island.class)
    static class IslandUser extends User {}

    @Test
    @Parity("UM-65") void aMethodThatIsNeverReachedIsWarnedOf() {
        try (var log = new Logged("katydid.users")) {
            new EnvironmentBuilder().userClasses(List.of(IslandUser.class)).loops(1).build().close();
            assertThat(log.at(Level.WARN)).containsExactly("No transition leads to Island.lonely(): it will never run.");
        }
    }

    static class TaggedWhole extends User {
        @Task void other() { LOG.add("other"); }

        @Tag("walk")
        @Task
        class Inside extends MarkovTaskSet {
            @Transition(to = "two") void one() { LOG.add("one"); }

            @Transition(to = "one") void two() { LOG.add("two"); }
        }
    }

    @Test
    @Parity("UM-66") void aTagFilterKeepsAllMethodsOfAWalkOrNone() {
        Runs.until(() -> Runs.seen(4), 1, builder -> builder.tags(List.of("walk")), TaggedWhole.class);
        assertThat(LOG.subList(0, 4)).containsExactly("one", "two", "one", "two");
    }
}
