package io.katydid.host;

import io.katydid.api.KatydidException;
import io.katydid.api.Listen;
import io.katydid.api.LoadTestShape;
import io.katydid.api.Plugin;
import io.katydid.api.User;
import io.katydid.kernel.event.ListenMethods;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds in a compilation what the platform picks up: users, shapes, plugins, listeners. Initialises no class. */
final class ScriptScan {
    private final List<Class<? extends User>> users = new ArrayList<>();
    private final List<Class<? extends LoadTestShape>> shapes = new ArrayList<>();
    private final List<Class<? extends Plugin>> plugins = new ArrayList<>();
    private final List<Method> listeners = new ArrayList<>();
    /** Says why a user class is not picked up, for the message that there is none. */
    private final List<String> passedOver = new ArrayList<>();
    private final Map<Class<?>, String> sources = new LinkedHashMap<>();

    static ScriptScan of(Compiled compiled, ClassLoader loader) {
        var scan = new ScriptScan();
        for (var name : compiled.classes().keySet()) {
            try {
                var type = Class.forName(name, false, loader);
                scan.sources.put(type, compiled.sources().getOrDefault(name, name));
                scan.look(type);
            } catch (ClassNotFoundException | LinkageError broken) {
                throw new ScriptException(
                    "The class " + name + " of the script cannot be loaded: " + Words.of(broken) + ". Is a bundle it uses missing?",
                    broken);
            }
        }
        return scan;
    }

    List<Class<? extends User>> users() { return users; }

    List<Class<? extends LoadTestShape>> shapes() { return shapes; }

    List<Class<? extends Plugin>> plugins() { return plugins; }

    List<Method> listeners() { return listeners; }

    List<String> passedOver() { return passedOver; }

    String source(Class<?> type) { return sources.getOrDefault(type, type.getName()); }

    private void look(Class<?> type) {
        if (type.isSynthetic() || type.isAnonymousClass() || type.isLocalClass()) return;
        Arrays.stream(type.getDeclaredMethods()).filter(method -> method.isAnnotationPresent(Listen.class))
            .sorted(Comparator.comparing(Method::getName)).forEach(this::listener);
        if (User.class.isAssignableFrom(type)) {
            var why = unusable(type);
            if (why.isEmpty()) users.add(type.asSubclass(User.class));
            else passedOver.add(type.getSimpleName() + " (" + source(type) + ") " + why);
        } else if (unusable(type).isEmpty()) {
            if (LoadTestShape.class.isAssignableFrom(type)) shapes.add(type.asSubclass(LoadTestShape.class));
            if (Plugin.class.isAssignableFrom(type)) plugins.add(type.asSubclass(Plugin.class));
        }
    }

    private void listener(Method method) {
        try {
            ListenMethods.check(method);
        } catch (KatydidException wrong) {
            throw new ScriptException(source(method.getDeclaringClass()) + ": " + wrong.getMessage(), wrong);
        }
        listeners.add(method);
    }

    private static String unusable(Class<?> type) {
        if (Modifier.isAbstract(type.getModifiers())) return "is abstract";
        var outer = type.getEnclosingClass();
        var inner = outer != null && !Modifier.isStatic(type.getModifiers());
        if (inner && !isImplicit(outer)) return "is an inner class: make it top-level or static";
        var wanted = inner ? new Class<?>[]{outer} : new Class<?>[0];
        var fits = Arrays.stream(type.getDeclaredConstructors())
            .anyMatch(constructor -> Arrays.equals(constructor.getParameterTypes(), wanted));
        return fits ? "" : "has no constructor without arguments";
    }

    /** Tells the class of a compact source file: final, in the unnamed package, extends nothing, has a main. */
    static boolean isImplicit(Class<?> type) {
        return type.getEnclosingClass() == null && Modifier.isFinal(type.getModifiers()) && type.getPackageName().isEmpty()
            && type.getSuperclass() == Object.class
            && type.getInterfaces().length == 0
            && Arrays.stream(type.getDeclaredMethods()).anyMatch(method -> method.getName().equals("main"));
    }
}
