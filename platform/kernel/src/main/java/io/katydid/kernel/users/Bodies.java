package io.katydid.kernel.users;

import io.katydid.api.Tag;
import io.katydid.api.TaskBody;
import io.katydid.api.TaskList;
import io.katydid.api.TaskSet;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a list of run-time tasks into entries; a method reference keeps its name and tags, a lambda is called by its place. */
final class Bodies {

    private Bodies() {}

    static List<TaskEntry> entries(TaskList list, Class<?> type) {
        var entries = new ArrayList<TaskEntry>();
        for (var entry : list.entries()) entries.add(entry(entry, type, entries.size() + 1));
        return entries;
    }

    @SuppressWarnings("unchecked") static TaskEntry entry(TaskList.Entry entry, Class<?> type, int place) {
        if (entry.task() instanceof Class<?> set) {
            var of = (Class<? extends TaskSet>) set;
            return new TaskEntry(of.getSimpleName(), entry.weight(), Models.tags(of), Map.of(), new TaskEntry.OfSet(of));
        }
        var body = (TaskBody) entry.task();
        var name = referenced(body);
        var tags = name.map(method -> tags(type, method)).orElse(Set.of());
        return new TaskEntry(name.orElse("task " + place), entry.weight(), tags, Map.of(), new TaskEntry.OfBody(body));
    }

    private static Optional<String> referenced(TaskBody body) {
        try {
            var write = body.getClass().getDeclaredMethod("writeReplace");
            write.setAccessible(true);
            if (write.invoke(body) instanceof SerializedLambda lambda && !lambda.getImplMethodName().startsWith("lambda$")) {
                return Optional.of(lambda.getImplMethodName());
            }
        } catch (ReflectiveOperationException | RuntimeException noLambda) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Set<String> tags(Class<?> type, String method) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            var found = Arrays.stream(at.getDeclaredMethods()).filter(candidate -> candidate.getName().equals(method)).findFirst();
            if (found.isPresent()) return ClassScan.tags(found.get().getAnnotationsByType(Tag.class), method);
        }
        return Set.of();
    }
}
