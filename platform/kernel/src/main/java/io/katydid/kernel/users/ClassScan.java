package io.katydid.kernel.users;

import io.katydid.api.KatydidException;
import io.katydid.api.MarkovTaskSet;
import io.katydid.api.Scenario;
import io.katydid.api.SequentialTaskSet;
import io.katydid.api.Tag;
import io.katydid.api.Task;
import io.katydid.api.TaskSet;
import io.katydid.api.Tasks;
import io.katydid.api.Transition;
import io.katydid.api.User;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the tasks of a user or task set class, and everything that is wrong with them, before a user exists. */
final class ClassScan {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.users");
    private static final Set<String> HOOKS = Set.of("onStart", "onStop");
    private final Class<?> type;
    private final Class<? extends User> user;

    private ClassScan(Class<?> type, Class<? extends User> user) {
        this.type = type;
        this.user = user;
    }

    /** Scans a class whose tasks will run in users of another class, or of the class itself. */
    static TaskModel scan(Class<?> type, Class<? extends User> user) {
        return new ClassScan(type, user).scan();
    }

    private TaskModel scan() {
        var tasks = new ArrayList<TaskEntry>();
        for (var level : levels()) tasks.addAll(declared(level));
        if (SequentialTaskSet.class.isAssignableFrom(type)) checkOrder();
        if (MarkovTaskSet.class.isAssignableFrom(type)) MarkovCheck.check(type, tasks);
        return new TaskModel(type, List.copyOf(tasks));
    }

    /** Gives the classes of the hierarchy that are a script's or a bundle's, the base first. */
    private List<Class<?>> levels() {
        var levels = new ArrayList<Class<?>>();
        for (Class<?> at = type; at != null && at != Scenario.class && at != User.class && at != TaskSet.class; at = at.getSuperclass())
            levels.addFirst(at);
        return levels;
    }

    private record Found(long order, TaskEntry entry) {}

    private List<TaskEntry> declared(Class<?> level) {
        var entries = new ArrayList<TaskEntry>();
        for (var tasks : level.getDeclaredAnnotationsByType(Tasks.class)) {
            for (var set : tasks.value())
                entries.add(set(set, checked(tasks.weight(), set.getSimpleName() + " in @Tasks of " + level.getSimpleName())));
        }
        var found = new ArrayList<Found>();
        boolean any = Arrays.stream(level.getDeclaredMethods()).anyMatch(ClassScan::isTask)
            || Arrays.stream(level.getDeclaredClasses()).anyMatch(ClassScan::isTask);
        if (!any) return entries;
        var order = SourceOrder.of(level);
        for (var method : level.getDeclaredMethods()) {
            if (!method.isSynthetic() && isTask(method) && nearest(method))
                found.add(new Found(order.method(method), method(level, method)));
        }
        for (var nested : level.getDeclaredClasses()) {
            if (isTask(nested))
                found.add(new Found(SourceOrder.nested(nested),
                    set(taskSet(nested), checked(weight(nested), level.getSimpleName() + "." + nested.getSimpleName()))));
        }
        found.sort(Comparator.comparingLong(Found::order));
        found.forEach(one -> entries.add(one.entry()));
        return entries;
    }

    private static boolean isTask(Method method) {
        return method.isAnnotationPresent(Task.class) || method.getAnnotationsByType(Transition.class).length > 0;
    }

    private static boolean isTask(Class<?> nested) { return nested.isAnnotationPresent(Task.class); }

    private static int weight(Class<?> nested) {
        var task = nested.getAnnotation(Task.class);
        return task == null ? 1 : task.value();
    }

    /** The nearest declaration decides: an override is a task only when it says so itself. */
    private boolean nearest(Method method) {
        if (Modifier.isPrivate(method.getModifiers())) return true;
        for (Class<?> at = type; at != null && at != method.getDeclaringClass(); at = at.getSuperclass()) {
            for (var other : at.getDeclaredMethods()) {
                if (!overrides(other, method)) continue;
                if (!isTask(other)) {
                    LOG.warn("{}.{}() overrides a task but is none itself. Repeat @Task on it if it should be one.", at.getSimpleName(),
                        other.getName());
                }
                return false;
            }
        }
        return true;
    }

    private static boolean overrides(Method other, Method method) {
        return !other.isSynthetic() && other.getName().equals(method.getName())
            && Arrays.equals(other.getParameterTypes(), method.getParameterTypes());
    }

    private TaskEntry method(Class<?> level, Method method) {
        var place = level.getSimpleName() + "." + method.getName() + "()";
        if (HOOKS.contains(method.getName())) {
            LOG.warn("{} is a hook and a task. It will be picked as a task too; take @Task away unless that is meant.", place);
        }
        if (Modifier.isStatic(method.getModifiers())) {
            throw new KatydidException("@Task on " + place + ": the method is static. A task belongs to one user: take 'static' away.");
        }
        boolean takesUser = method.getParameterCount() == 1;
        checkParameters(method, place);
        var task = method.getAnnotation(Task.class);
        try {
            var handle = MethodHandles.privateLookupIn(level, MethodHandles.lookup()).unreflect(method);
            var shape = takesUser ? MethodType.methodType(void.class, Scenario.class, User.class)
                : MethodType.methodType(void.class, Scenario.class);
            return new TaskEntry(method.getName(), task == null ? 1 : checked(task.value(), place),
                tags(method.getAnnotationsByType(Tag.class), place),
                transitions(method), new TaskEntry.OfMethod(handle.asType(shape), takesUser));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(place, impossible);
        }
    }

    private void checkParameters(Method method, String place) {
        if (method.getParameterCount() == 0) return;
        var wanted = method.getParameterTypes()[0];
        if (method.getParameterCount() > 1 || !User.class.isAssignableFrom(wanted)) {
            throw new KatydidException(
                "@Task on " + place + ": a task has no parameter, or one that is a user, such as (HttpUser user). This one has "
                    + Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList() + ".");
        }
        if (!wanted.isAssignableFrom(user)) {
            throw new KatydidException(
                "@Task on " + place + " asks for a " + wanted.getSimpleName() + ", but it is used from " + user.getSimpleName()
                    + ", which is none. Use the task set from a " + wanted.getSimpleName() + ", or ask for a User.");
        }
    }

    private TaskEntry set(Class<? extends TaskSet> set, int weight) {
        checkEnclosing(set);
        return new TaskEntry(set.getSimpleName(), checked(weight, set.getSimpleName()),
            tags(set.getAnnotationsByType(Tag.class), set.getSimpleName()), Map.of(),
            new TaskEntry.OfSet(set));
    }

    private Class<? extends TaskSet> taskSet(Class<?> nested) {
        if (!TaskSet.class.isAssignableFrom(nested)) {
            throw new KatydidException("@Task on the class " + nested.getSimpleName() + " in " + type.getSimpleName()
                + ": only a task set can be a task. Let it extend TaskSet or SequentialTaskSet.");
        }
        return nested.asSubclass(TaskSet.class);
    }

    /** An inner set needs an instance of its enclosing class, so it serves that one only. */
    private void checkEnclosing(Class<? extends TaskSet> set) {
        if (Modifier.isAbstract(set.getModifiers())) {
            throw new KatydidException(
                "The task set " + set.getSimpleName() + " of " + type.getSimpleName() + " is abstract. Name a class that can be made.");
        }
        if (set.isLocalClass() || set.isAnonymousClass()) {
            throw new KatydidException("The task set " + set.getName() + " of " + type.getSimpleName()
                + " is a local class. Make it an inner, static or top-level class.");
        }
        var outer = set.getEnclosingClass();
        if (outer == null || Modifier.isStatic(set.getModifiers()) || !Scenario.class.isAssignableFrom(outer)) return;
        boolean inside = outer.isAssignableFrom(type) || outer.isAssignableFrom(user);
        for (Class<?> at = type; at != null && !inside; at = at.getEnclosingClass()) inside = outer.isAssignableFrom(at);
        if (!inside) {
            throw new KatydidException(outer.getSimpleName() + "." + set.getSimpleName() + " is an inner class of " + outer.getSimpleName()
                + " and cannot be used in " + type.getSimpleName() + ". Make it a top-level or static class.");
        }
    }

    private void checkOrder() {
        for (var level : levels()) {
            boolean nested = Arrays.stream(level.getDeclaredClasses()).anyMatch(ClassScan::isTask);
            boolean methods = Arrays.stream(level.getDeclaredMethods()).anyMatch(ClassScan::isTask);
            if (nested && methods && !SourceOrder.of(level).hasLines()) {
                throw new KatydidException("The order of the tasks of " + level.getSimpleName()
                    + " is unknown: it mixes methods and task sets, and was compiled without line numbers. Give the tasks in tasks().");
            }
        }
    }

    private static int checked(int weight, String place) {
        if (weight < 0) throw new KatydidException("The weight of " + place + " is " + weight + ". Give 0 to never pick it, or more.");
        return weight;
    }

    static Set<String> tags(Tag[] annotations, String place) {
        var tags = new LinkedHashSet<String>();
        for (var annotation : annotations) {
            if (annotation.value().length == 0)
                throw new KatydidException("@Tag on " + place + " names no tag. Name at least one: @Tag(\"slow\").");
            tags.addAll(Arrays.asList(annotation.value()));
        }
        return Set.copyOf(tags);
    }

    private static Map<String, Integer> transitions(Method method) {
        var transitions = new LinkedHashMap<String, Integer>();
        for (var transition : method.getAnnotationsByType(Transition.class))
            transitions.merge(transition.to(), transition.weight(), Integer::sum);
        return transitions;
    }
}
