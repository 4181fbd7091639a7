package io.katydid.distribution;

import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds out whether a test can fail by what it looks at: whether it, or a method of a test class or of the testkit that it calls, lambdas included,
 * calls an assertion. Opening one, as {@code assertThat} does, is none.
 */
final class Assertions {
    /** The calls of AssertJ that only begin, describe or extract, and of Awaitility that only configure. */
    private static final Set<String> OPENERS = Set.of("assertThat", "assertThatCode", "assertThatObject", "assertThatExceptionOfType",
        "assertThatRuntimeException", "assertThatNoException", "assertThatIllegalArgumentException", "assertThatIllegalStateException",
        "as", "describedAs", "withFailMessage", "overridingErrorMessage", "extracting", "filteredOn", "first", "last", "element",
        "singleElement", "map", "flatMap", "asInstanceOf", "asString", "size", "usingRecursiveComparison", "usingElementComparator");
    private static final Set<String> AWAITS = Set.of("until", "untilAsserted", "untilAtomic", "untilTrue", "untilFalse", "untilAdder",
        "untilAccumulator");
    private final TestClasses classes;

    Assertions(TestClasses classes) { this.classes = classes; }

    boolean isIn(String type, MethodModel method) { return isIn(type, method, new HashSet<>()); }

    private boolean isIn(String type, MethodModel method, Set<String> seen) {
        if (!seen.add(type + "." + method.methodName().stringValue() + method.methodType().stringValue())) return false;
        return method.code().stream().flatMap(code -> code.elementStream()).anyMatch(element -> switch (element) {
            case InvokeInstruction call ->
                asserts(call.owner().asInternalName(), call.name().stringValue(), call.type().stringValue(), seen);
            case InvokeDynamicInstruction call -> call.invokedynamic().bootstrap().arguments().stream()
                .anyMatch(argument -> argument instanceof MethodHandleEntry handle && asserts(handle.reference().owner().asInternalName(),
                    handle.reference().name().stringValue(), handle.reference().type().stringValue(), seen));
            case NewObjectInstruction made -> made.className().asInternalName().equals("java/lang/AssertionError");
            default -> false;
        });
    }

    private boolean asserts(String owner, String name, String type, Set<String> seen) {
        if (owner.startsWith("org/assertj/core/api/")) return !OPENERS.contains(name) && !name.equals("<init>");
        if (owner.equals("org/junit/jupiter/api/Assertions")) return true;
        if (owner.startsWith("org/awaitility/")) return AWAITS.contains(name);
        if (owner.startsWith("com/tngtech/archunit/lang/")) return name.equals("check");
        for (var at = classes.find(owner); at.isPresent(); at = at.get().superclass().flatMap(up -> classes.find(up.asInternalName()))) {
            var declaring = at.get();
            var found = declaring.methods().stream()
                .filter(method -> method.methodName().equalsString(name) && method.methodType().equalsString(type)).findFirst();
            if (found.isPresent()) return isIn(declaring.thisClass().asInternalName(), found.get(), seen);
        }
        return false;
    }
}
