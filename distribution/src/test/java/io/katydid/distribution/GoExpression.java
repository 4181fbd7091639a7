package io.katydid.distribution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** Is a pipeline of commands: what one gives is the last argument of the next. */
record GoExpression(List<Command> commands) {
    private static final Pattern WORD = Pattern.compile("\\s*(\"(?:\\\\.|[^\"])*\"|[()|]|[^\\s()|]+)");

    /** Is a function with its arguments, or a value alone. */
    record Command(List<Operand> operands) {}

    /** Is a part of a command. */
    sealed interface Operand {
        /** Stands for itself: a text or a number. */
        record Literal(Object value) implements Operand {}

        /** Names a value by its way from the dot, from the root ({@code $}) or from a variable. */
        record Path(String start, List<String> fields) implements Operand {}

        /** Names a function. */
        record Function(String name) implements Operand {}

        /** Is a pipeline of its own. */
        record Nested(GoExpression expression) implements Operand {}
    }

    static GoExpression parse(String template, String text) {
        var words = new ArrayDeque<String>();
        var word = WORD.matcher(text);
        while (word.lookingAt()) {
            words.add(word.group(1));
            word.region(word.end(), text.length());
        }
        if (!text.substring(word.regionStart()).isBlank())
            throw new IllegalArgumentException(template + ": '" + text + "' cannot be read.");
        var expression = pipeline(words, text);
        if (!words.isEmpty()) throw new IllegalArgumentException(template + ": '" + text + "' has a ')' too many.");
        return expression;
    }

    private static GoExpression pipeline(Deque<String> words, String text) {
        var commands = new ArrayList<Command>();
        var operands = new ArrayList<Operand>();
        while (!words.isEmpty() && !words.getFirst().equals(")")) {
            var word = words.removeFirst();
            if (word.equals("|")) {
                commands.add(new Command(List.copyOf(operands)));
                operands.clear();
            } else if (word.equals("(")) {
                operands.add(new Operand.Nested(pipeline(words, text)));
                if (words.isEmpty()) throw new IllegalArgumentException("'" + text + "' lacks a ')'.");
                words.removeFirst();
            } else {
                operands.add(operand(word));
            }
        }
        commands.add(new Command(List.copyOf(operands)));
        if (commands.stream().anyMatch(command -> command.operands.isEmpty()))
            throw new IllegalArgumentException("'" + text + "' has an empty command.");
        return new GoExpression(commands);
    }

    private static Operand operand(String word) {
        if (word.startsWith("\""))
            return new Operand.Literal(word.substring(1, word.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\"));
        if (word.matches("-?\\d+")) return new Operand.Literal(Long.valueOf(word));
        if (word.equals(".")) return new Operand.Path("", List.of());
        if (word.startsWith(".")) return new Operand.Path("", List.of(word.substring(1).split("\\.")));
        if (word.startsWith("$")) {
            var parts = List.of(word.split("\\."));
            return new Operand.Path(parts.getFirst(), parts.subList(1, parts.size()));
        }
        return new Operand.Function(word);
    }
}
