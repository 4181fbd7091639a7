package io.katydid.kernel.users;

import io.katydid.api.KatydidException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.LineNumber;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Tells where the members of a class stand in their source: by the first line of their code, and the position in the class file where lines are equal or
 * missing. Reflection promises no order, and of nested classes the class file keeps none but these lines.
 */
final class SourceOrder {
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Integer> positions = new HashMap<>();

    private SourceOrder() {}

    static SourceOrder of(Class<?> type) {
        var order = new SourceOrder();
        var model = parse(type);
        int position = 0;
        for (var method : model.methods()) {
            var id = method.methodName().stringValue() + method.methodType().stringValue();
            firstLine(method).ifPresent(line -> order.lines.put(id, line));
            order.positions.put(id, position++);
        }
        return order;
    }

    /** Gives a key to sort by: line, then position. */
    long method(Method method) {
        var id = method.getName() + MethodType.methodType(method.getReturnType(), method.getParameterTypes()).descriptorString();
        return key(lines.getOrDefault(id, 0), positions.getOrDefault(id, 0));
    }

    /** Gives the same key for a nested class: its constructor carries the line of the class. */
    static long nested(Class<?> type) {
        int line = parse(type).methods().stream().filter(method -> method.methodName().equalsString("<init>")).map(SourceOrder::firstLine)
            .filter(OptionalInt::isPresent).mapToInt(OptionalInt::getAsInt).min().orElse(0);
        return key(line, 0);
    }

    boolean hasLines() { return !lines.isEmpty(); }

    private static long key(int line, int position) { return ((long) line << 20) + position; }

    private static OptionalInt firstLine(MethodModel method) {
        return method.code().stream().flatMap(code -> code.elementStream()).filter(LineNumber.class::isInstance)
            .mapToInt(element -> ((LineNumber) element).line()).findFirst();
    }

    private static ClassModel parse(Class<?> type) {
        var file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (var bytes = type.getResourceAsStream(file)) {
            if (bytes == null) {
                throw new KatydidException("The class file of " + type.getName()
                    + " cannot be read, so the order of its tasks is unknown. Give the tasks in tasks().");
            }
            return ClassFile.of().parse(bytes.readAllBytes());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
