package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Environment;
import io.katydid.api.EventHook;
import io.katydid.api.Events;
import io.katydid.api.Plugin;
import io.katydid.api.web.WebModel;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.KernelEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Is what every plugin promises: its options explain themselves and clash with nobody's, and after {@code close} nothing of it is left.
 *
 * <pre>{@code
 * class OpsPanelContractTest extends PluginContract {
 *     @Override protected Plugin newPlugin(Path folder) { return new OpsPanel(); }
 * }
 * }</pre>
 */
@Isolated("looks at the threads of the whole process")
public abstract class PluginContract {
    /** Is the folder of the test. */
    @TempDir Path folder = Path.of(".");

    /** Makes the contract; JUnit does. */
    protected PluginContract() {}

    /** Makes a plugin. What it writes goes below the folder. Called also on an object of this class in another loader: use no fields. */
    protected abstract Plugin newPlugin(Path folder);

    /** Gives the options that make the plugin do its work, as on a command line: {@code --csv=…}. None by default. */
    protected List<String> options(Path folder) {
        return List.of();
    }

    /** Makes an environment that has a table for the console. */
    final EnvironmentBuilder environment(Plugin plugin, Path of) {
        return new EnvironmentBuilder().userClasses(List.of(IdleUser.class)).loops(1).headless(false)
            .parsedOptions(TestOptions.of(plugin::options, options(of)));
    }

    private KernelEnvironment initialised(Plugin plugin, Path of) {
        var made = environment(plugin, of).plugin(plugin).build();
        try {
            made.createLocalRunner();
            made.init();
            return made;
        } catch (RuntimeException | Error problem) {
            made.close();
            throw problem;
        }
    }

    /** Each option has a help text, a name of small letters and dashes, and a default that the option itself would take. */
    @Test void itsOptionsExplainThemselves() {
        OptionChecks.check(newPlugin(folder)::options);
    }

    /** Its options can be added to the platform's, and again in another environment. */
    @Test void itsOptionsClashWithNobody() {
        for (int i = 0; i < 2; i++) assertThat(TestOptions.registry(newPlugin(folder)::options).all()).isNotEmpty();
    }

    /** It works with all options at their defaults. */
    @Test void itStartsOnItsDefaults() throws Exception {
        var plugin = newPlugin(folder);
        try (var made = new EnvironmentBuilder().userClasses(List.of(IdleUser.class)).loops(1)
            .parsedOptions(TestOptions.of(plugin::options, List.of())).plugin(plugin).build()) {
            made.createLocalRunner();
            made.init();
        }
    }

    /** What {@code init} registers is gone after {@code close}: listeners, routes, panels. */
    @Test void closingTakesBackWhatItRegistered() throws Exception {
        Map<String, Integer> before;
        try (var bare = new EnvironmentBuilder().userClasses(List.of(IdleUser.class)).loops(1).headless(false).build()) {
            before = registered(bare);
        }
        var made = initialised(newPlugin(folder.resolve("one")), folder.resolve("one"));
        made.close();
        assertThat(registered(made)).as("what is registered after close").isEqualTo(before);
    }

    /** Counts listeners per hook, routes and panels. */
    private static Map<String, Integer> registered(Environment environment) throws Exception {
        var counts = new TreeMap<String, Integer>();
        for (var method : Events.class.getMethods()) {
            var hook = (EventHook<?>) method.invoke(environment.events());
            counts.put(method.getName(), hook.listeners().size());
        }
        var web = environment.webUI().map(WebModel.class::cast).orElseThrow();
        counts.put("routes", web.routes().size());
        counts.put("panels", web.panels().size());
        return counts;
    }

    /** Two environments have a plugin each; closing one leaves the other as it is. */
    @Test void twoEnvironmentsAreApart() throws Exception {
        var one = initialised(newPlugin(folder.resolve("one")), folder.resolve("one"));
        try (var two = initialised(newPlugin(folder.resolve("two")), folder.resolve("two"))) {
            var before = registered(two);
            one.close();
            assertThat(registered(two)).as("what is registered in the other environment").isEqualTo(before);
        }
    }

    /** A plugin whose {@code init} never ran, because another one failed, can be closed; and closed twice. */
    @Test void itCanBeClosedWithoutInitAndTwice() throws Exception {
        newPlugin(folder).close();
        var plugin = newPlugin(folder.resolve("one"));
        initialised(plugin, folder.resolve("one")).close();
        plugin.close();
    }

    /** After close there is no thread, socket or open file that was not there before. */
    @Test void closingLeavesNothing() throws Exception {
        useOnce(folder.resolve("zero"));
        var before = Leftovers.before();
        useOnce(folder.resolve("one"));
        before.check("closing an environment with the plugin");
    }

    /** Starts the plugin, lets it work and closes it. */
    void useOnce(Path of) throws Exception {
        initialised(newPlugin(of), of).close();
    }

    /** When the environment is closed the plugin's classes can be unloaded. */
    @Test void itsClassesCanBeUnloaded() throws Exception {
        Unloading.check(PluginContract.class, getClass(), anew -> anew.useOnce(folder.resolve("anew")), newPlugin(folder).getClass());
    }
}
