package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the public signatures with {@code api/api.txt}, so that each change of them is a diff that somebody reads.
 * Run with {@code -Dkatydid.api=write} to take in a change.
 */
class PublicApiTest {

    @Test void everyChangeOfAPublicSignatureIsInApiTxt() throws IOException {
        var file = Modules.ROOT.resolve("api/api.txt");
        var now = describe();
        if ("write".equals(System.getProperty("katydid.api"))) Files.writeString(file, now);
        assertThat(now.lines().count()).as("lines of public signatures").isGreaterThan(600);
        assertThat(now)
            .as("api/api.txt is not what the code says. If the change is meant, run mvn verify -Dkatydid.api=write and commit the file.")
            .isEqualTo(Files.readString(file));
    }

    private static String describe() {
        return Modules.CLASSES.stream().filter(Modules::exported).filter(PublicApiTest::visible)
            .sorted((a, b) -> a.getName().compareTo(b.getName()))
            .map(type -> describe(type.reflect())).collect(Collectors.joining("\n"));
    }

    private static boolean visible(JavaClass type) {
        for (var at = type; at != null; at = at.getEnclosingClass().orElse(null)) {
            if (!at.getModifiers().contains(JavaModifier.PUBLIC) || at.isAnonymousClass()) return false;
        }
        return true;
    }

    private static String describe(Class<?> type) {
        var members = Stream.of(List.<Member>of(type.getDeclaredFields()), List.<Member>of(type.getDeclaredConstructors()),
            List.<Member>of(type.getDeclaredMethods()))
            .flatMap(List::stream).filter(PublicApiTest::visible).map(PublicApiTest::line).distinct().sorted()
            .map(line -> "    " + line + "\n");
        return type.toGenericString() + parents(type) + "\n" + members.collect(Collectors.joining());
    }

    private static String parents(Class<?> type) {
        var parents = Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
            .map(parent -> parent.getTypeName()).filter(name -> !name.equals("java.lang.Object")).collect(Collectors.joining(", "));
        return parents.isEmpty() ? "" : " : " + parents;
    }

    private static boolean visible(Member member) {
        return !member.isSynthetic() && (Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers()));
    }

    private static String line(Member member) {
        return switch (member) {
            case java.lang.reflect.Field field -> field.toGenericString();
            case java.lang.reflect.Constructor<?> constructor -> constructor.toGenericString();
            case java.lang.reflect.Method method -> method.toGenericString();
            default -> throw new IllegalStateException("no member of a class: " + member);
        };
    }
}
