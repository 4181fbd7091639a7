package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Looks at the sources: each package says why it exists, each public type of an exported package is documented, no test sleeps to wait. */
class PackagesTest {
    private static final Pattern SLEEP = Pattern.compile("\\b(Thread\\.sleep|TimeUnit\\.\\w+\\.sleep)\\(");
    private static final Pattern PUBLIC_TYPE = Pattern
        .compile("(?m)^public (?:abstract |final |sealed |non-sealed )*(?:class|interface|record|enum|@interface) ");

    @Test void eachPackageIsNullMarkedAndSaysWhyItExists() throws IOException {
        var packages = sources("src/main/java").stream().map(Path::getParent).distinct().toList();
        assertThat(packages.size()).isGreaterThan(14);
        assertThat(packages).allSatisfy(folder -> {
            var info = folder.resolve("package-info.java");
            assertThat(info).exists();
            assertThat(Files.readString(info)).contains("@NullMarked").containsPattern("/\\*\\*\\s+\\*?\\s*\\S.{20,}");
        });
    }

    @Test void eachPublicTypeOfAnExportedPackageIsDocumented() throws IOException {
        var seen = new ArrayList<Path>();
        for (var source : sources("src/main/java")) {
            var text = Files.readString(source);
            var type = PUBLIC_TYPE.matcher(text);
            if (!exported(source) || !type.find()) continue;
            seen.add(source);
            assertThat(text.substring(0, type.start())).as("Javadoc of " + source).contains("/**");
        }
        assertThat(seen.size()).isGreaterThan(100);
    }

    @Test void noTestSleepsToWait() throws IOException {
        var tests = sources("src/test/java");
        assertThat(tests.size()).as("test sources").isGreaterThan(25);
        var sleeping = new ArrayList<String>();
        for (var test : tests) {
            var lines = Files.readAllLines(test);
            for (int i = 0; i < lines.size(); i++) {
                if (SLEEP.matcher(lines.get(i)).find() && !excused(lines, i)) sleeping.add(test + ":" + (i + 1));
            }
        }
        assertThat(sleeping)
            .as("A test awaits a condition with a deadline. Where sleeping is the thing under test, say so: // sleeps on purpose: why")
            .isEmpty();
    }

    private static boolean excused(List<String> lines, int at) {
        return lines.get(at).contains("sleeps on purpose") || (at > 0 && lines.get(at - 1).contains("sleeps on purpose"));
    }

    private static boolean exported(Path source) {
        var path = source.toString().replace('\\', '/');
        var folder = path.substring(path.indexOf("/src/main/java/") + 15, path.lastIndexOf('/')).replace('/', '.');
        return Modules.EXPORTED.contains(folder);
    }

    private static List<Path> sources(String kind) throws IOException {
        try (var files = Files.walk(Modules.ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java") && file.toString().contains(kind))
                .filter(file -> !file.toString().contains("/target/") && !file.toString().contains("/examples/")).toList();
        }
    }
}
