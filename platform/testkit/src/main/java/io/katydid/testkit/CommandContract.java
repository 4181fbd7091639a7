package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Command;
import io.katydid.api.User;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.options.KernelOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Is what every verb of the command line promises: it names and explains itself, ends with its exit code, and leaves nothing behind.
 *
 * <pre>{@code
 * class DemoCommandContractTest extends CommandContract {
 *     @Override protected Command newCommand() { return new DemoCommand(); }
 *
 *     @Override protected List<String> options() { return List.of("--run-time=1s", "--users=2"); }
 * }
 * }</pre>
 */
@Isolated("looks at the threads of the whole process")
public abstract class CommandContract {

    /** Makes the contract; JUnit does. */
    protected CommandContract() {}

    /** Makes the command. Called also on an object of this class in another loader: use no fields. */
    protected abstract Command newCommand();

    /** Gives the options of a short run, as on a command line. None by default. */
    protected List<String> options() { return List.of(); }

    /** Gives the user classes of the script. None by default. */
    protected List<Class<? extends User>> userClasses() { return List.of(); }

    /** Gives the exit code of that run; 0 by default. */
    protected int exitCode() { return 0; }

    /** Its name is one word in small letters, its description one line. */
    @Test void itNamesAndExplainsItself() {
        var command = newCommand();
        assertThat(command.name()).as("name").matches("[a-z][a-z0-9-]*");
        assertThat(command.description()).as("description").isNotBlank().doesNotContain("\n").hasSizeLessThan(140);
    }

    /** Each option has a help text and a default that the option itself would take. */
    @Test void itsOptionsExplainThemselves() {
        OptionChecks.check(newCommand()::options);
    }

    /** Its options can be added to the platform's. */
    @Test void itsOptionsClashWithNobody() {
        assertThat(TestOptions.registry(newCommand()::options).all()).extracting(owned -> owned.option().name())
            .contains(KernelOptions.HOST.name());
    }

    /** It ends, with its exit code. */
    @Test void itEndsWithItsExitCode() throws Exception {
        assertThat(run()).isEqualTo(exitCode());
    }

    private int run() throws Exception {
        var command = newCommand();
        try (var environment = new EnvironmentBuilder().userClasses(userClasses()).loops(1)
            .parsedOptions(TestOptions.of(command::options, options())).build()) {
            int code = command.run(environment);
            environment.shutdown(1);
            return code;
        }
    }

    /** When it has ended there is no thread, socket or open file that was not there before. */
    @Test void itLeavesNothing() throws Exception {
        run();
        var before = Leftovers.before();
        run();
        before.check("the command has ended");
    }

    /** When it has ended its classes can be unloaded. */
    @Test void itsClassesCanBeUnloaded() throws Exception {
        Unloading.check(CommandContract.class, getClass(), CommandContract::run, newCommand().getClass());
    }
}
