package io.katydid.api.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Declares one command-line option and is the key to its value. Immutable: each
 * method gives a changed copy.
 *
 * <pre>{@code
 * static final Option<String> ENV = Option.string("--env").choices("dev", "prod").defaultValue("dev")
 *         .help("Environment");
 * }</pre>
 *
 * <p>
 * An option can be set on the command line, by its environment variables, in a
 * configuration file under its name without {@code --}, and in the start form
 * of the console. Two options are the same when their names are.
 *
 * @param <T>
 *            the type of its value: String, Integer, Double, Boolean, Duration
 *            or a List of strings
 */
public final class Option<T> {
    private final Spec<T> spec;

    private Option(Spec<T> spec) {
        this.spec = spec;
    }

    /** Says what kind of value an option takes. */
    public enum Kind {
        STRING, INTEGER, DECIMAL, FLAG, DURATION, STRINGS
    }

    private static final class Spec<T> implements Cloneable {
        private final String name;
        private final Kind kind;
        private final Function<String, T> parser;
        private List<String> aliases = List.of();
        private List<String> env = List.of();
        private @Nullable T defaultValue;
        private @Nullable T valueWhenBare;
        private String help = "";
        private String group = "";
        private String placeholder = "";
        private List<T> choices = List.of();
        private boolean secret;
        private boolean required;
        private boolean multiple;
        private boolean hidden;
        private boolean inWebUI = true;
        private Optional<Option<?>> requires = Optional.empty();

        Spec(String name, Kind kind, Function<String, T> parser) {
            this.name = name;
            this.kind = kind;
            this.parser = parser;
        }

        @SuppressWarnings("unchecked") Spec<T> copy() {
            try {
                return (Spec<T>) clone();
            } catch (CloneNotSupportedException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    /** Declares an option that takes a text. */
    public static Option<String> string(String name) {
        return make(name, Kind.STRING, Function.identity());
    }

    /** Declares an option that takes an integer. */
    public static Option<Integer> integer(String name) {
        return make(name, Kind.INTEGER, OptionValues::integer);
    }

    /** Declares an option that takes a number. */
    public static Option<Double> decimal(String name) {
        return make(name, Kind.DECIMAL, OptionValues::decimal);
    }

    /** Declares an option that is on when it is there; false by default. */
    public static Option<Boolean> flag(String name) {
        return make(name, Kind.FLAG, OptionValues::flag).defaultValue(false);
    }

    /**
     * Declares an option that takes a time span: {@code 20}, {@code 20s},
     * {@code 3m}, {@code 2h}, {@code 1h20m}, {@code 3h30m10s}.
     */
    public static Option<Duration> duration(String name) {
        return make(name, Kind.DURATION, OptionValues::duration);
    }

    /** Declares an option that takes any number of texts: {@code --tags a b}. */
    public static Option<List<String>> strings(String name) {
        return make(name, Kind.STRINGS, OptionValues::strings).defaultValue(List.of()).multiple();
    }

    private static <T> Option<T> make(String name, Kind kind, Function<String, T> parser) {
        if (!name.startsWith("--") || name.length() < 3) {
            throw new IllegalArgumentException(
                "The option '" + name + "' must begin with two dashes: '--" + name.replaceAll("^-+", "") + "'.");
        }
        return new Option<>(new Spec<>(name, kind, parser));
    }

    /** Adds short names such as {@code -u}, or other long ones. */
    public Option<T> alias(String... names) {
        return with(copy -> copy.aliases = List.of(names));
    }

    /**
     * Names the environment variables that set it, the first one set wins.
     * {@code KATYDID_X} of the option's name always works, first.
     */
    public Option<T> env(String... variables) {
        return with(copy -> copy.env = List.of(variables));
    }

    /** Gives the value it has when nobody sets it. */
    public Option<T> defaultValue(T value) {
        return with(copy -> copy.defaultValue = value);
    }

    /** Gives the value it has when it is written without one: {@code --json}. */
    public Option<T> valueWhenBare(T value) {
        return with(copy -> copy.valueWhenBare = value);
    }

    /** Says in one sentence what it does, with its unit. */
    public Option<T> help(String text) {
        return with(copy -> copy.help = text);
    }

    /** Puts it under a heading of {@code --help}. */
    public Option<T> group(String heading) {
        return with(copy -> copy.group = heading);
    }

    /**
     * Gives the word that stands for the value in {@code --help}, such as
     * {@code FILE}.
     */
    public Option<T> placeholder(String word) {
        return with(copy -> copy.placeholder = word);
    }

    /** Allows these values only. */
    @SafeVarargs public final Option<T> choices(T... values) {
        return with(copy -> copy.choices = List.of(values));
    }

    /** Hides the value in the console, in reports and in {@code katydid config}. */
    public Option<T> secret() {
        return with(copy -> copy.secret = true);
    }

    /** Refuses to start a run without a value. */
    public Option<T> required() {
        return with(copy -> copy.required = true);
    }

    /** Refuses to start when it is set and the other is not. */
    public Option<T> requires(Option<?> other) {
        return with(copy -> copy.requires = Optional.of(other));
    }

    /** Lets it be given more than once. */
    public Option<T> multiple() {
        return with(copy -> copy.multiple = true);
    }

    /** Leaves it out of {@code --help}. */
    public Option<T> hidden() {
        return with(copy -> copy.hidden = true);
    }

    /** Leaves it out of the console's start form. */
    public Option<T> hiddenInWebUI() {
        return with(copy -> copy.inWebUI = false);
    }

    private Option<T> with(Consumer<Spec<T>> change) {
        var copy = spec.copy();
        change.accept(copy);
        return new Option<>(copy);
    }

    /** Gives the long name, {@code --} included. */
    public String name() {
        return spec.name;
    }

    /**
     * Gives the name without {@code --}: the key in configuration files and of
     * {@link ParsedOptions#get(String)}.
     */
    public String key() {
        return spec.name.substring(2);
    }

    /** Gives what kind of value it takes. */
    public Kind kind() {
        return spec.kind;
    }

    /** Gives the other names. */
    public List<String> aliases() {
        return spec.aliases;
    }

    /** Gives its environment variables, {@code KATYDID_…} first. */
    public List<String> environmentVariables() {
        return OptionValues.withKatydid(key(), spec.env);
    }

    /** Gives the value it has when nobody sets it. */
    public Optional<T> defaultValue() {
        return Optional.ofNullable(spec.defaultValue);
    }

    /** Gives the value it has when it is written without one. */
    public Optional<T> valueWhenBare() {
        return Optional.ofNullable(spec.valueWhenBare);
    }

    /** Gives the sentence for {@code --help}. */
    public String help() {
        return spec.help;
    }

    /**
     * Gives the heading of {@code --help}; "" for the heading of its bundle or
     * script.
     */
    public String group() {
        return spec.group;
    }

    /** Gives the word that stands for the value in {@code --help}. */
    public String placeholder() {
        return spec.placeholder;
    }

    /** Gives the only values allowed; empty for all. */
    public List<T> choices() {
        return spec.choices;
    }

    /** Tells whether its value is never shown. */
    public boolean isSecret() {
        return spec.secret;
    }

    /** Tells whether a run needs a value. */
    public boolean isRequired() {
        return spec.required;
    }

    /** Gives the option it makes no sense without. */
    public Optional<Option<?>> requires() {
        return spec.requires;
    }

    /** Tells whether it may be given more than once. */
    public boolean isMultiple() {
        return spec.multiple;
    }

    /** Tells whether {@code --help} leaves it out. */
    public boolean isHidden() {
        return spec.hidden;
    }

    /** Tells whether the console's start form has a field for it. */
    public boolean isInWebUI() {
        return spec.inWebUI;
    }

    /**
     * Turns a text into a value; {@link IllegalArgumentException} with the whole
     * sentence when it is none.
     */
    public T parse(String text) {
        T value = OptionValues.parse(this, spec.parser, text);
        if (!spec.choices.isEmpty() && !spec.choices.contains(value)) {
            throw new IllegalArgumentException(
                name() + ": invalid choice '" + text + "'. Choose from " + OptionValues.list(spec.choices) + ".");
        }
        return value;
    }

    @Override public boolean equals(@Nullable Object other) {
        return other instanceof Option<?> option && option.name().equals(name());
    }

    @Override public int hashCode() {
        return name().hashCode();
    }

    @Override public String toString() {
        return name();
    }
}
