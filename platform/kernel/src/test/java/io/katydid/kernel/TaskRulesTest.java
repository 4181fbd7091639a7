package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.katydid.api.MarkovTaskSet;
import io.katydid.api.SequentialTaskSet;
import io.katydid.api.Task;
import io.katydid.api.TaskSet;
import io.katydid.api.Tasks;
import io.katydid.api.Transition;
import io.katydid.api.User;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Declares tasks in ways that cannot work, or that mean something else than they seem to. */
class TaskRulesTest {

    private static List<String> names(Class<? extends User> type) {
        try (var environment = new EnvironmentBuilder().userClasses(List.of(type)).loops(1).build()) {
            return environment.userClasses().getFirst().tasks();
        }
    }

    private static void refused(Class<? extends User> type, String text) {
        assertThatThrownBy(() -> names(type)).as(type.getSimpleName()).hasMessage(text);
    }

    static class Base extends User {
        @Task void dropped() {}

        @Task void kept() {}

        @Task private void own() {}

        @Task void loaded() {}
    }

    static class Derived extends Base {
        @Override void dropped() {}

        @Override
        @Task(5) void kept() {}

        /** Hides nothing: the other one is private. */
        void own() {}

        /** Overrides nothing either. */
        void loaded(String more) {}
    }

    @Test void theNearestDeclarationDecidesWhatIsATask() {
        try (var log = new Logged("katydid.users")) {
            assertThat(names(Derived.class)).containsExactly("own", "loaded", "kept");
            assertThat(log.at(Level.WARN))
                .containsExactly("Derived.dropped() overrides a task but is none itself. Repeat @Task on it if it should be one.");
        }
        assertThat(names(Base.class)).containsExactly("dropped", "kept", "own", "loaded");
    }

    static class Static extends User {
        @Task static void task() {}
    }

    static class TwoParameters extends User {
        @Task void task(User user, String more) {}
    }

    static class NotAUser extends User {
        @Task void task(String text) {}
    }

    static class NoSet extends User {
        @Task
        static class Plain {}
    }

    static class AbstractSet extends User {
        @Task
        abstract static class Set extends TaskSet {
            @Task void task() {}
        }
    }

    @Test void whatCannotBeATaskIsRefusedWithAWayOut() {
        refused(Static.class, "@Task on Static.task(): the method is static. A task belongs to one user: take 'static' away.");
        refused(TwoParameters.class,
            "@Task on TwoParameters.task(): a task has no parameter, or one that is a user, such as (HttpUser user). This one has [User, String].");
        refused(NotAUser.class,
            "@Task on NotAUser.task(): a task has no parameter, or one that is a user, such as (HttpUser user). This one has [String].");
        refused(NoSet.class,
            "@Task on the class Plain in NoSet: only a task set can be a task. Let it extend TaskSet or SequentialTaskSet.");
        refused(AbstractSet.class, "The task set Set of AbstractSet is abstract. Name a class that can be made.");
    }

    static class Owner extends User {
        class Inner extends TaskSet {
            @Task void task() {}
        }

        static class Free extends TaskSet {
            @Task void task() {}
        }

        class Outer extends TaskSet {
            @Task
            class Middle extends TaskSet {
                @Task void task() {}
            }
        }
    }

    @Tasks(Owner.Inner.class)
    static class Heir extends Owner {}

    @Tasks(Owner.Free.class)
    static class Borrower extends User {}

    @Tasks(Owner.Inner.class)
    static class Stranger extends User {}

    @Tasks(Owner.Outer.class)
    static class Deeper extends Owner {}

    @Test void anInnerSetServesItsOwnClassOnly() {
        assertThat(names(Heir.class)).containsExactly("Inner");
        assertThat(names(Borrower.class)).containsExactly("Free");
        assertThat(names(Deeper.class)).containsExactly("Outer");
        refused(Stranger.class,
            "Owner.Inner is an inner class of Owner and cannot be used in Stranger. Make it a top-level or static class.");
    }

    @Test void aSetThatIsLocalIsRefused() {
        class Local extends TaskSet {
            @Task void task() {}
        }
        @Tasks(Local.class)
        class Here extends User {}
        assertThatThrownBy(() -> names(Here.class))
            .hasMessage(
                "The task set " + Local.class.getName() + " of Here is a local class. Make it an inner, static or top-level class.");
    }

    private static final String MIXED = """
        import io.katydid.api.*;

        public class Mixed extends User {
            @Task
            public static class Walk extends SequentialTaskSet {
                @Task void zebra() {}

                @Task
                public static class Set extends TaskSet {
                    @Task void task() {}
                }

                @Task void apple() {}
            }
        }
        """;

    @Test void aSequenceWithoutLineNumbersMayNotMixMethodsAndSets(@TempDir Path folder) throws Exception {
        assertThat(SequentialTaskSet.class).isAssignableFrom(compiled(folder.resolve("lines"), MIXED, "-g:lines").getDeclaredClasses()[0]);
        assertThat(names(compiled(folder.resolve("with"), MIXED, "-g:lines"))).containsExactly("Walk");
        refused(compiled(folder.resolve("without"), MIXED, "-g:none"), "The order of the tasks of Walk"
            + " is unknown: it mixes methods and task sets, and was compiled without line numbers. Give the tasks in tasks().");
    }

    private static final String METHODS = """
        import io.katydid.api.*;

        public class Mixed extends User {
            @Task void zebra() {}
            @Task void apple() {}
            @Task void mango() {}
            @Task void lemon() {}
        }
        """;

    @Test void methodsAloneKeepTheOrderOfTheClassFile(@TempDir Path folder) throws Exception {
        assertThat(names(compiled(folder, METHODS, "-g:none"))).containsExactly("zebra", "apple", "mango", "lemon");
    }

    static class Misspelt extends User {
        @Task
        static class Journey extends MarkovTaskSet {
            @Transition(to = "sreach") void home() {}

            @Transition(to = "home") void search() {}
        }
    }

    static class Elsewhere extends User {
        @Task
        static class Journey extends MarkovTaskSet {
            @Transition(to = "behind") void home() {}

            @Transition(to = "home") void second() {}
        }
    }

    @Test void aTransitionThatIsMisspeltIsGuessedAndOneToNowhereIsNot() {
        refused(Misspelt.class, "Unknown task 'sreach' in Journey: @Transition on home() points to it. Did you mean 'search'?");
        refused(Elsewhere.class, "Unknown task 'behind' in Journey: @Transition on home() points to it. Name a method with a @Transition.");
    }

    private static Class<? extends User> compiled(Path folder, String text, String debug) throws Exception {
        var source = Files.writeString(Files.createDirectories(folder).resolve("Mixed.java"), text);
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", debug, "-cp",
            System.getProperty("java.class.path"), "-d",
            folder.toString(), source.toString());
        assertThat(failed).isZero();
        // Stays open: classes are loaded as they are needed.
        var loader = new URLClassLoader(new URL[]{folder.toUri().toURL()}, TaskRulesTest.class.getClassLoader());
        return loader.loadClass("Mixed").asSubclass(User.class);
    }
}
