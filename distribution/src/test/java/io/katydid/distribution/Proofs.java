package io.katydid.distribution;

import io.katydid.parity.Parity;
import io.katydid.parity.Row;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Ties the rows of the reference to the tests that prove them, and finds the claims that prove nothing. */
final class Proofs {
    private static final List<String> TESTS = List.of("Lorg/junit/jupiter/api/Test;", "Lorg/junit/jupiter/api/TestFactory;",
        "Lorg/junit/jupiter/api/RepeatedTest;", "Lorg/junit/jupiter/params/ParameterizedTest;", "Lnet/jqwik/api/Property;",
        "Lnet/jqwik/api/Example;");
    private static final String PARITY = Parity.class.descriptorString();
    private static final String DISABLED = "Lorg/junit/jupiter/api/Disabled;";
    private final Map<String, List<String>> byRow = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    Proofs(TestClasses classes, List<Row> rows) {
        var known = new TreeMap<String, Row>();
        rows.forEach(row -> known.put(row.id(), row));
        var assertions = new Assertions(classes);
        classes.all().sorted(Comparator.comparing(type -> type.thisClass().asInternalName()))
            .forEach(type -> type.methods().forEach(method -> claim(type, method, known, assertions)));
    }

    /** Gives the tests that prove each row, as {@code Class#method}. */
    Map<String, List<String>> byRow() { return byRow; }

    /** Gives the claims that do not hold, one line each. */
    List<String> wrong() { return wrong; }

    private void claim(ClassModel type, MethodModel method, Map<String, Row> known, Assertions assertions) {
        var ids = annotations(method).filter(annotation -> annotation.className().equalsString(PARITY))
            .flatMap(annotation -> annotation.elements().stream()).flatMap(Proofs::texts).toList();
        if (ids.isEmpty()) return;
        var internal = type.thisClass().asInternalName();
        var test = internal.substring(internal.lastIndexOf('/') + 1) + "#" + method.methodName().stringValue();
        if (annotations(method).noneMatch(annotation -> TESTS.contains(annotation.className().stringValue()))) {
            wrong.add(test + " names rows, but JUnit does not run it. Add @Test, or remove @Parity.");
        }
        if (annotations(method).anyMatch(annotation -> annotation.className().equalsString(DISABLED))) {
            wrong.add(test + " names rows, but is disabled. Mend it, or remove @Parity.");
        }
        if (!assertions.isIn(internal, method)) {
            wrong.add(test + " names rows, but asserts nothing: no call of AssertJ, JUnit's Assertions or Awaitility is reached from it. "
                + "Assert what the row says, or remove @Parity.");
        }
        for (var id : ids) {
            var row = known.get(id);
            if (row == null) {
                wrong.add(test + " names the row " + id + ", which rows.tsv does not have. Correct the id.");
            } else if (!row.applicable()) {
                wrong.add(test + " proves the row " + id + ", which rows.tsv calls not applicable (" + row.standing()
                    + "). Remove that standing, or the id.");
            } else {
                byRow.computeIfAbsent(id, _ -> new ArrayList<>()).add(test);
            }
        }
    }

    private static Stream<Annotation> annotations(MethodModel method) {
        return method.findAttribute(Attributes.runtimeVisibleAnnotations()).stream().flatMap(all -> all.annotations().stream());
    }

    private static Stream<String> texts(AnnotationElement element) {
        return switch (element.value()) {
            case AnnotationValue.OfArray all -> all.values().stream().map(value -> ((AnnotationValue.OfString) value).stringValue());
            case AnnotationValue.OfString one -> Stream.of(one.stringValue());
            default -> Stream.of();
        };
    }
}
