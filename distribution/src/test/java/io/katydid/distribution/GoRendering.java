package io.katydid.distribution;

import io.katydid.distribution.GoExpression.Command;
import io.katydid.distribution.GoExpression.Operand;
import io.katydid.distribution.GoTemplate.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes templates with values, as Helm does: its functions as far as the chart uses them. */
final class GoRendering {
    private final Map<String, List<Node>> defined;
    private final Object root;

    GoRendering(Map<String, List<Node>> defined, Object root) {
        this.defined = defined;
        this.root = root;
    }

    /** Is the dot, with the variables around it. */
    private record Scope(@Nullable Object dot, Map<String, Object> variables) {
        Scope at(@Nullable Object other) { return new Scope(other, variables); }

        Scope with(Map<String, Object> more) {
            var all = new HashMap<>(variables);
            all.putAll(more);
            return new Scope(dot, all);
        }
    }

    String render(List<Node> nodes) { return write(nodes, new Scope(root, Map.of("$", root))); }

    private String write(List<Node> nodes, Scope scope) {
        var out = new StringBuilder();
        for (var node : nodes) {
            out.append(switch (node) {
                case Node.Text text -> text.text();
                case Node.Output output -> printed(value(output.expression(), scope), output);
                case Node.Choice choice -> choose(choice, scope);
                case Node.Range range -> repeat(range, scope);
            });
        }
        return out.toString();
    }

    private static String printed(@Nullable Object value, Object where) {
        if (value == null) throw new IllegalArgumentException("There is no value to print: " + where);
        if (value instanceof Collection || value instanceof Map)
            throw new IllegalArgumentException("Only texts and numbers are printed: " + where);
        return text(value);
    }

    private String choose(Node.Choice choice, Scope scope) {
        for (var branch : choice.branches()) {
            var value = value(branch.condition(), scope);
            if (isTrue(value)) return write(branch.body(), choice.rebinds() ? scope.at(value) : scope);
        }
        return write(choice.otherwise(), scope);
    }

    private String repeat(Node.Range range, Scope scope) {
        var elements = value(range.elements(), scope);
        var out = new StringBuilder();
        if (elements instanceof Map<?, ?> map) {
            map.forEach((key, value) -> out.append(write(range.body(), scope.at(value).with(variables(range, key, value)))));
        } else if (elements instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++)
                out.append(write(range.body(), scope.at(list.get(i)).with(variables(range, i, list.get(i)))));
        } else if (elements != null) {
            throw new IllegalArgumentException("A range needs a list or a map, not " + elements);
        }
        return out.toString();
    }

    private static Map<String, Object> variables(Node.Range range, Object key, Object value) {
        var variables = new HashMap<String, Object>();
        range.key().ifPresent(name -> variables.put(name, key));
        range.value().ifPresent(name -> variables.put(name, value));
        return variables;
    }

    private @Nullable Object value(GoExpression expression, Scope scope) {
        Object result = null;
        boolean first = true;
        for (var command : expression.commands()) {
            result = run(command, first ? List.of() : Collections.singletonList(result), scope);
            first = false;
        }
        return result;
    }

    private @Nullable Object run(Command command, List<@Nullable Object> piped, Scope scope) {
        var operands = command.operands();
        if (operands.getFirst() instanceof Operand.Function(var name)) {
            var arguments = new ArrayList<@Nullable Object>();
            operands.stream().skip(1).forEach(operand -> arguments.add(operand(operand, scope)));
            arguments.addAll(piped);
            return call(name, arguments);
        }
        if (operands.size() > 1 || !piped.isEmpty()) throw new IllegalArgumentException("This is no function: " + operands.getFirst());
        return operand(operands.getFirst(), scope);
    }

    private @Nullable Object operand(Operand operand, Scope scope) {
        return switch (operand) {
            case Operand.Literal literal -> literal.value();
            case Operand.Nested nested -> value(nested.expression(), scope);
            case Operand.Function function -> call(function.name(), List.of());
            case Operand.Path path -> {
                var value = path.start().isEmpty() ? scope.dot : scope.variables.get(path.start());
                for (var field : path.fields()) {
                    if (!(value instanceof Map<?, ?> map)) throw new IllegalArgumentException("'" + field + "' of nothing: " + path);
                    value = map.get(field);
                }
                yield value;
            }
        };
    }

    private @Nullable Object call(String name, List<@Nullable Object> arguments) {
        return switch (name) {
            case "include" -> write(body(text(arguments.get(0))), new Scope(arguments.get(1), Map.of("$", root)));
            case "default" -> isTrue(arguments.get(1)) ? arguments.get(1) : arguments.get(0);
            case "quote" -> "\"" + text(arguments.get(0)).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
            case "toYaml" -> yaml(arguments.get(0));
            case "nindent" -> "\n" + text(arguments.get(1)).replaceAll("(?m)^", " ".repeat(integer(arguments.get(0))));
            case "eq" -> text(arguments.get(0)).equals(text(arguments.get(1)));
            case "not" -> !isTrue(arguments.get(0));
            case "add" -> arguments.stream().mapToLong(GoRendering::integer).sum();
            case "int" -> (long) integer(arguments.get(0));
            case "trunc" -> text(arguments.get(1)).substring(0, Math.min(integer(arguments.get(0)), text(arguments.get(1)).length()));
            case "trimSuffix" -> text(arguments.get(1)).endsWith(text(arguments.get(0)))
                ? text(arguments.get(1)).substring(0, text(arguments.get(1)).length() - text(arguments.get(0)).length())
                : text(arguments.get(1));
            case "printf" -> printf(text(arguments.get(0)), arguments.subList(1, arguments.size()));
            case "fail" -> throw new IllegalArgumentException(text(arguments.get(0)));
            default -> throw new IllegalArgumentException("The function '" + name + "' is not known.");
        };
    }

    private List<Node> body(String name) {
        var body = defined.get(name);
        if (body == null) throw new IllegalArgumentException("'" + name + "' is not defined.");
        return body;
    }

    /** Formats as Go does, which is strict about kinds: a number for %s gives an ugly text there, and an error here. */
    private static String printf(String format, List<@Nullable Object> arguments) {
        for (int i = 0, verb = format.indexOf('%'); verb >= 0; verb = format.indexOf('%', verb + 1), i++) {
            var value = arguments.get(i);
            boolean fits = switch (format.charAt(verb + 1)) {
                case 's' -> value instanceof String;
                case 'd' -> value instanceof Long;
                case 'v' -> value != null;
                default -> false;
            };
            if (!fits) throw new IllegalArgumentException("'" + format + "' does not fit " + value);
        }
        return format.replace("%d", "%s").replace("%v", "%s").formatted(arguments.stream().map(GoRendering::text).toArray());
    }

    private static String yaml(@Nullable Object value) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(options).dump(whole(value)).strip();
    }

    /** Numbers are floating ones in a chart; in YAML the whole ones have no point. */
    private static @Nullable Object whole(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<Object, Object>();
                map.forEach((key, each) -> copy.put(key, whole(each)));
                yield copy;
            }
            case List<?> list -> list.stream().map(GoRendering::whole).toList();
            case Double number when number == Math.rint(number) -> number.longValue();
            case null, default -> value;
        };
    }

    private static boolean isTrue(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean truth -> truth;
            case String text -> !text.isEmpty();
            case Collection<?> all -> !all.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case Number number -> number.doubleValue() != 0;
            default -> true;
        };
    }

    private static int integer(@Nullable Object value) {
        return switch (value) {
            case Number number -> number.intValue();
            case String text -> Integer.parseInt(text);
            case null, default -> throw new IllegalArgumentException("This is no number: " + value);
        };
    }

    /** Writes a number as Go's %v does: a whole one from a million on in the style 1e+06. */
    private static String text(@Nullable Object value) {
        return switch (value) {
            case Double number when Math.abs(number) >= 1e6 -> "%.0e".formatted(number);
            case Double number -> new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
            case null -> "";
            default -> value.toString();
        };
    }
}
