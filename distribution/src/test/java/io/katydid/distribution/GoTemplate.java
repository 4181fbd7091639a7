package io.katydid.distribution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Is a template of Go's {@code text/template}, in the part of the language that the chart uses: if, with, range, define, pipelines. What it does not know is an error, as
 * is a value that is missing where it is printed.
 */
final class GoTemplate {
    private static final Pattern ACTION = Pattern
        .compile("(\\s*)\\{\\{(-?)\\s*(/\\*.*?\\*/|(?:\"(?:\\\\.|[^\"])*\"|[^\"])*?)\\s*(-?)}}(\\s*)", Pattern.DOTALL);
    private static final Pattern RANGE = Pattern.compile("range\\s+(?:(\\$\\w+)\\s*,\\s*(\\$\\w+)\\s*:=\\s*)?(.+)", Pattern.DOTALL);

    /** Is a piece that writes something. */
    sealed interface Node {
        /** Stands as it is. */
        record Text(String text) implements Node {}

        /** Prints what an expression gives. */
        record Output(GoExpression expression) implements Node {}

        /** Chooses between bodies; a {@code with} makes the value the dot of its body. */
        record Choice(List<Branch> branches, List<Node> otherwise, boolean rebinds) implements Node {}

        /** Repeats its body for each element. */
        record Range(Optional<String> key, Optional<String> value, GoExpression elements, List<Node> body) implements Node {}
    }

    /** Is one condition and what it is for. */
    record Branch(GoExpression condition, List<Node> body) {}

    private record Token(boolean action, String text) {}

    private final String name;
    private final Map<String, List<Node>> defined;
    private final Deque<Token> tokens;

    private GoTemplate(String name, String source, Map<String, List<Node>> defined) {
        this.name = name;
        this.defined = defined;
        tokens = tokens(source);
    }

    /** Reads a template, puts what it defines into the map, and gives the rest. */
    static List<Node> parse(String name, String source, Map<String, List<Node>> defined) {
        var template = new GoTemplate(name, source, defined);
        var nodes = template.nodes();
        if (!template.tokens.isEmpty()) throw template.wrong("'" + template.tokens.getFirst().text + "' belongs to nothing");
        return nodes;
    }

    private IllegalArgumentException wrong(String what) { return new IllegalArgumentException(name + ": " + what + "."); }

    /** Splits into texts and actions; a dash takes away the white space on its side. */
    private static Deque<Token> tokens(String source) {
        var tokens = new ArrayDeque<Token>();
        var action = ACTION.matcher(source);
        int end = 0;
        boolean trimmed = false;
        while (action.find()) {
            // White space behind the action before belongs to the text between the two.
            var text = source.substring(end, action.start()) + (action.group(2).isEmpty() ? action.group(1) : "");
            addText(tokens, text, trimmed, !action.group(2).isEmpty());
            if (!action.group(3).startsWith("/*")) tokens.add(new Token(true, action.group(3)));
            trimmed = !action.group(4).isEmpty();
            end = action.end() - action.group(5).length();
            action.region(end, source.length());
        }
        addText(tokens, source.substring(end), trimmed, false);
        return tokens;
    }

    private static void addText(Deque<Token> tokens, String text, boolean trimStart, boolean trimEnd) {
        var rest = trimStart ? text.stripLeading() : text;
        rest = trimEnd ? rest.stripTrailing() : rest;
        if (!rest.isEmpty()) tokens.add(new Token(false, rest));
    }

    /** Reads until an action that ends the body, which it leaves. */
    private List<Node> nodes() {
        var nodes = new ArrayList<Node>();
        while (!tokens.isEmpty()) {
            var token = tokens.getFirst();
            if (!token.action) {
                nodes.add(new Node.Text(tokens.removeFirst().text));
                continue;
            }
            var word = token.text.split("\\s", 2)[0];
            if (word.equals("end") || word.equals("else")) return nodes;
            tokens.removeFirst();
            var rest = token.text.substring(word.length()).strip();
            switch (word) {
                case "if", "with" -> nodes.add(choice(rest, word.equals("with")));
                case "range" -> nodes.add(range(token.text));
                case "define" -> define(rest);
                default -> nodes.add(new Node.Output(expression(token.text)));
            }
        }
        return nodes;
    }

    private GoExpression expression(String text) { return GoExpression.parse(name, text); }

    private Node choice(String condition, boolean rebinds) {
        var branches = new ArrayList<Branch>();
        branches.add(new Branch(expression(condition), nodes()));
        List<Node> otherwise = List.of();
        while (next().startsWith("else")) {
            var more = tokens.removeFirst().text.substring(4).strip();
            if (more.isEmpty()) otherwise = nodes();
            else if (more.startsWith("if ")) branches.add(new Branch(expression(more.substring(3)), nodes()));
            else throw wrong("'else " + more + "' is not known");
        }
        end();
        return new Node.Choice(branches, otherwise, rebinds);
    }

    private Node range(String text) {
        var parts = RANGE.matcher(text);
        if (!parts.matches()) throw wrong("'" + text + "' is not a range");
        var body = nodes();
        end();
        return new Node.Range(Optional.ofNullable(parts.group(1)), Optional.ofNullable(parts.group(2)), expression(parts.group(3)), body);
    }

    private void define(String quoted) {
        var body = nodes();
        end();
        if (defined.put(quoted.substring(1, quoted.length() - 1), body) != null) throw wrong(quoted + " is defined twice");
    }

    private String next() {
        if (tokens.isEmpty()) throw wrong("an 'end' is missing");
        return tokens.getFirst().text;
    }

    private void end() {
        if (!next().equals("end")) throw wrong("'" + next() + "' stands where 'end' should");
        tokens.removeFirst();
    }
}
