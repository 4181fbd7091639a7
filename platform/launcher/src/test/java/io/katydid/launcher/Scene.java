package io.katydid.launcher;

import io.katydid.api.LoadTestShape;
import io.katydid.api.Plugin;
import io.katydid.api.Task;
import io.katydid.api.Tick;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.api.web.Plugins;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Runs command lines in this JVM against a platform whose bundles and script the test chooses. */
final class Scene implements Platform {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final Map<String, String> environment = new HashMap<>();
    final Map<Class<?>, List<Offer<?>>> offers = new HashMap<>();
    final List<Class<? extends User>> users = new ArrayList<>(List.of(Buyer.class, Browser.class));
    final List<Class<? extends LoadTestShape>> shapes = new ArrayList<>();
    final List<Class<? extends Plugin>> plugins = new ArrayList<>();
    final List<Method> listeners = new ArrayList<>();
    final AtomicReference<Runnable> signal = new AtomicReference<>();
    final FakePlugins installed = new FakePlugins();
    final Path folder;
    Optional<Path> install = Optional.empty();
    List<String> loaded = List.of();
    String selected = "";
    List<SourceUnit> sources = List.of(new SourceUnit("Shop.java", Map.of("Shop.java", "class Buyer extends User {}")));

    Scene(Path folder) {
        this.folder = folder;
    }

    /** Buys all the time. */
    public static class Buyer extends User {
        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Task void pay() { measure("T", "pay", () -> {}); }
    }

    /** Fails all the time. */
    public static class Browser extends User {
        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Task(2) void look() { measure("T", "look", () -> {}); }

        @Task void leave() { measure("T", "leave", () -> {}); }
    }

    /** Always fails. */
    public static class Failing extends User {
        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Task void fail() { environment().events().request().report("T", "fail", 1).failure("broken"); }
    }

    /** Ends at once. */
    public static class Short extends LoadTestShape {
        @Override public Tick tick() { return runTime() < 0.5 ? users(1, 10) : stop(); }
    }

    Place place() {
        return new Place(new ByteArrayInputStream(new byte[0]), new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment, folder, folder.resolve("home"), install);
    }

    int run(String... arguments) {
        return new Launch(place(), (_, chosen) -> {
            selected = chosen.plugins();
            return this;
        }, signal::set).run(List.of(arguments));
    }

    String out() { return out.toString(StandardCharsets.UTF_8); }

    String err() { return err.toString(StandardCharsets.UTF_8); }

    <T> void offer(Class<T> kind, String owner, Supplier<? extends T> create) {
        offers.computeIfAbsent(kind, _ -> new ArrayList<>()).add(new Offer<>(owner, owner, create));
    }

    @SuppressWarnings("unchecked")
    @Override public <T> List<Offer<T>> offers(Class<T> kind) {
        return (List<Offer<T>>) (List<?>) offers.getOrDefault(kind, List.of());
    }

    @Override public Plugins plugins() { return installed; }

    @Override public List<String> refused() { return List.of(); }

    @Override public Script load(List<String> locators) {
        loaded = locators;
        return new Script(users, shapes, plugins, listeners);
    }

    @Override public Optional<Script> edited() { return Optional.empty(); }

    @Override public void watch(java.util.function.Consumer<Change> listener) {}

    @Override public List<SourceUnit> sources() { return sources; }

    @Override public void close() {}
}
