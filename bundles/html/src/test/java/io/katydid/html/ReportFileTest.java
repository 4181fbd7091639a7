package io.katydid.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.options.KernelOptions;
import io.katydid.kernel.options.OptionValues;
import io.katydid.parity.Parity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks where the report goes, and that a place it cannot go to is refused before the run. */
class ReportFileTest {

    @TempDir Path folder;

    static final class Nobody extends User {
        @Task void nothing() {}
    }

    @Test
    @Parity({"CL-43", "AC-17"}) void usersRateAndTimeAreFilledIn() {
        var options = new OptionValues.Builder().put(KernelOptions.USERS, 11, "test").put(KernelOptions.SPAWN_RATE, 5.0, "test")
            .put(KernelOptions.RUN_TIME, Duration.ofSeconds(1), "test");
        assertThat(name("some_name_{u}_{r}_{t}.html", options)).isEqualTo("some_name_11_5_1.html");
        assertThat(name("{u}{u}.html", options)).isEqualTo("1111.html");
    }

    @Test void aLoneRunHasOneUserAndWhatIsNotKnownStays() {
        assertThat(name("run_{u}_{r}_{t}_{x}.html", new OptionValues.Builder())).isEqualTo("run_1_1_{t}_{x}.html");
    }

    private static String name(String pattern, OptionValues.Builder options) {
        try (
            var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).parsedOptions(options.build()).build()) {
            return FileName.of(pattern, environment);
        }
    }

    @Test void aFolderIsMadeAndTheFileReplacedWhole() throws IOException {
        var target = folder.resolve("new/er/report.html");
        var file = ReportFile.open(target.toString());
        assertThat(target).doesNotExist();
        file.write("one");
        file.write("two");
        assertThat(target).hasContent("two");
        try (var files = Files.list(target.getParent())) {
            assertThat(files).containsExactly(target);
        }
    }

    @Test void aFolderThatCannotBeMadeIsRefusedBeforeTheRun() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        var options = new OptionValues.Builder().put(HtmlReporter.HTML, folder.resolve("file/report.html").toString(), "test").build();
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).parsedOptions(options)
            .plugin(new HtmlReporter()).build()) {
            environment.createLocalRunner();
            assertThatThrownBy(environment::init).isInstanceOf(KatydidException.class)
                .hasMessageStartingWith("The report --html " + folder.resolve("file/report.html") + " cannot be written: ")
                .hasMessageEndingWith("Choose a folder that exists or can be made, and that may be written to.");
        }
    }

    @Test void aFolderIsNoFile() {
        assertThatThrownBy(() -> ReportFile.open(folder.toString()))
            .hasMessage("--html '" + folder + "' is a folder. Give the name of a file in it, such as report.html.");
        assertThatThrownBy(() -> ReportFile.open("a\0b"))
            .hasMessage("--html 'a\0b' is not a file name: Nul character not allowed. Give another.");
    }

    @Test void aFolderThatWentAwayIsNamed() throws IOException {
        var file = ReportFile.open(folder.resolve("gone/report.html").toString());
        Files.delete(folder.resolve("gone"));
        assertThatThrownBy(() -> file.write("x")).isInstanceOf(UncheckedIOException.class)
            .hasMessage(
                "The report --html " + folder.resolve("gone/report.html") + " cannot be written. Is the disk full, or the folder gone?");
    }
}
