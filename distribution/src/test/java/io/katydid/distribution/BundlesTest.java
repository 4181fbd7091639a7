package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.katydid.api.Command;
import io.katydid.api.Extension;
import io.katydid.api.Plugin;
import io.katydid.api.User;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.kernel.options.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Looks at all shipped bundles: each keeps a contract of the testkit, and the platform knows none of their options. */
class BundlesTest {
    private static final Path BUNDLES = Modules.ROOT.resolve("bundles");
    private static final Pattern CONTRACT = Pattern.compile("class \\w+ContractTest extends \\w+Contract \\{");
    /** Nothing of them runs in the platform, so there is nothing for a contract: JUnit makes what is in junit. */
    private static final Set<String> LIBRARIES = Set.of("junit");
    private static final int ABOUT_THIRTY = 35;

    @Test void eachExtensionAndUserClassOfABundleKeepsAContract() throws IOException {
        var bundles = bundles();
        assertThat(bundles).hasSizeGreaterThanOrEqualTo(9);
        int kept = 0;
        for (var bundle : bundles) {
            var tests = contractTests(bundle);
            if (LIBRARIES.contains(bundle)) assertThat(subjects(bundle)).as("what the platform makes of the library " + bundle).isEmpty();
            else assertThat(tests).as("contract tests of the bundle " + bundle + ": extend one of io.katydid.testkit").isNotEmpty();
            for (var type : subjects(bundle)) {
                var name = Pattern.compile("\\b(new|extends) " + type.getSimpleName() + "\\b");
                assertThat(tests).as("contract tests of the bundle " + bundle + ", one of which makes " + type.getName())
                    .anyMatch(test -> name.matcher(read(test)).find());
                kept++;
            }
        }
        assertThat(kept).as("extensions and user classes").isGreaterThanOrEqualTo(10);
    }

    @Test void aContractTestIsShort() throws IOException {
        var lengths = new ArrayList<String>();
        for (var bundle : bundles()) {
            for (var test : contractTests(bundle)) {
                var lines = Files.readAllLines(test);
                assertThat(lines).as(test + ": about 30 lines").hasSizeLessThanOrEqualTo(ABOUT_THIRTY);
                lengths.add(test.getFileName() + " " + lines.size());
            }
        }
        assertThat(lengths.size()).isGreaterThanOrEqualTo(10);
        System.out.println("lines of contract tests: " + String.join(", ", lengths));
    }

    @Test void thePlatformKnowsNoOptionOfABundle() throws Exception {
        var options = new ArrayList<String>();
        for (var bundle : bundles()) for (var type : subjects(bundle)) names(type).forEach(options::add);
        assertThat(options).contains("--csv", "--json", "--html", "--hlog", "--prometheus-port", "--otel", "--only-summary")
            .hasSizeGreaterThanOrEqualTo(
                11);
        var sources = platformSources();
        assertThat(sources.size()).as("sources of the platform").isGreaterThan(100);
        for (var option : options) {
            var bare = option.substring(2);
            var named = Pattern.compile(Pattern.quote(option) + "(?![a-z0-9-])|\"" + Pattern.quote(bare) + "\"");
            assertThat(sources).as("sources that name the option " + option + " of a bundle").noneMatch(
                source -> named.matcher(read(source)).find());
        }
    }

    private static List<String> names(JavaClass type) throws ReflectiveOperationException {
        if (type.isAssignableTo(User.class)) return List.of();
        var made = type.reflect().getConstructor().newInstance();
        var options = new Options();
        Consumer<OptionRegistry> additions = made instanceof Command command ? command::options : ((Plugin) made)::options;
        additions.accept(options);
        return options.all().stream().map(owned -> owned.option().name()).toList();
    }

    /** Gives what a bundle adds to the platform, and the users that scripts may extend. */
    private static List<JavaClass> subjects(String bundle) {
        return Modules.CLASSES.stream().filter(type -> type.getPackageName().startsWith("io.katydid." + bundle))
            .filter(type -> type.isAnnotatedWith(Extension.class)
                || type.isAssignableTo(User.class) && Modules.exported(type) && type.getModifiers().contains(JavaModifier.PUBLIC))
            .toList();
    }

    private static List<String> bundles() throws IOException {
        try (var folders = Files.list(BUNDLES)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).map(folder -> folder.getFileName().toString()).sorted()
                .toList();
        }
    }

    private static List<Path> contractTests(String bundle) throws IOException {
        try (var files = Files.walk(BUNDLES.resolve(bundle).resolve("src/test/java"))) {
            return files.filter(file -> file.toString().endsWith("ContractTest.java"))
                .filter(file -> CONTRACT.matcher(read(file)).find()).toList();
        }
    }

    private static List<Path> platformSources() throws IOException {
        var sources = new ArrayList<Path>();
        for (var module : List.of("carrier", "kernel", "cluster", "host", "launcher")) {
            try (Stream<Path> files = Files.walk(Modules.ROOT.resolve("platform").resolve(module).resolve("src/main"))) {
                files.filter(Files::isRegularFile).forEach(sources::add);
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
