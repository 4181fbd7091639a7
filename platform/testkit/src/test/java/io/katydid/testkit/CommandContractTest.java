package io.katydid.testkit;

import io.katydid.api.Command;
import io.katydid.api.Environment;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A verb that counts the user classes keeps the contract. */
class CommandContractTest extends CommandContract {

    /** Ends with the number of user classes plus its option. */
    static class Counting implements Command {
        static final Option<Integer> MORE = Option.integer("--toy-more").defaultValue(0).help("Add so many");

        @Override public String name() { return "count-classes"; }

        @Override public String description() { return "Count the user classes"; }

        @Override public void options(OptionRegistry options) {
            options.add(MORE);
        }

        @Override public int run(Environment environment) throws Exception {
            return environment.userClasses().size() + environment.parsedOptions().get(MORE);
        }
    }

    /** Is what is counted. */
    static final class Nobody extends User {
        @Task void nothing() {}
    }

    @Override protected Command newCommand() { return new Counting(); }

    @Override protected List<Class<? extends User>> userClasses() { return List.of(Nobody.class); }

    @Override protected List<String> options() { return List.of("--toy-more=4"); }

    @Override protected int exitCode() { return 5; }

    /** Speaks in two words. */
    static class Shouting extends CommandContractTest {
        @Override protected Command newCommand() {
            return new Counting() {
                @Override public String name() { return "Count Classes"; }

                @Override public int run(Environment environment) { return 7; }
            };
        }
    }

    @Test void itFindsAWrongNameAndAWrongEnd() {
        Broken.run(Shouting.class, "itNamesAndExplainsItself").failed("itNamesAndExplainsItself", "Count Classes");
        Broken.run(Shouting.class, "itEndsWithItsExitCode").failed("itEndsWithItsExitCode", "7");
    }
}
