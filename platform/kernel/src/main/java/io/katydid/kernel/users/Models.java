package io.katydid.kernel.users;

import io.katydid.api.KatydidException;
import io.katydid.api.MarkovTaskSet;
import io.katydid.api.Tag;
import io.katydid.api.TaskSet;
import io.katydid.api.User;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the scanned and filtered classes of one environment. Any thread. */
public final class Models {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.users");
    private final Map<Id, TaskModel> models = new ConcurrentHashMap<>();
    private volatile TagFilter filter;
    private final boolean equalWeights;

    private record Id(Class<?> type, Class<? extends User> user, Set<String> inherited) {}

    /** Makes an empty store. */
    public Models(TagFilter filter, boolean equalWeights) {
        this.filter = filter;
        this.equalWeights = equalWeights;
    }

    /** Forgets the classes of these loaders, so that they can go. */
    public void forget(Set<ClassLoader> loaders) {
        models.keySet().removeIf(id -> loaders.contains(id.type.getClassLoader()) || loaders.contains(id.user.getClassLoader()));
    }

    /** Filters by other tags from now on. */
    public void filter(TagFilter next) {
        if (filter.equals(next)) return;
        filter = next;
        clear();
    }

    /** Forgets everything. */
    public void clear() {
        models.clear();
    }

    /** Scans a user class and all its task sets, so that mistakes show before a user exists. */
    public void check(Class<? extends User> user) {
        if (Modifier.isAbstract(user.getModifiers())) {
            throw new KatydidException("The user class " + user.getName()
                + " is abstract, so there can be no user of it. Name a class that extends it, or take 'abstract' away.");
        }
        of(user, user, tags(user));
    }

    TaskModel of(Class<?> type, Class<? extends User> user, Set<String> inherited) {
        var id = new Id(type, user, inherited);
        var known = models.get(id);
        if (known != null) return known;
        // Not computeIfAbsent: nested sets are looked up meanwhile.
        var made = filtered(ClassScan.scan(type, user), user, inherited);
        models.put(id, made);
        return made;
    }

    static Set<String> tags(Class<?> type) { return ClassScan.tags(type.getAnnotationsByType(Tag.class), type.getSimpleName()); }

    private TaskModel filtered(TaskModel model, Class<? extends User> user, Set<String> inherited) {
        var kept = new ArrayList<TaskEntry>();
        boolean markov = MarkovTaskSet.class.isAssignableFrom(model.type());
        for (var task : model.tasks()) {
            if (markov || keeps(task, model.type(), user, inherited)) kept.add(task);
        }
        if (kept.isEmpty() && !model.tasks().isEmpty() && !filter.isEmpty()) {
            LOG.warn("{} had no tasks left after filtering, instantiating it will fail!", model.type().getSimpleName());
        }
        return new TaskModel(model.type(), equalWeights ? flat(kept) : List.copyOf(kept));
    }

    private boolean keeps(TaskEntry task, Class<?> type, Class<? extends User> user, Set<String> inherited) {
        var tags = TagFilter.union(inherited, task.tags());
        if (task.target() instanceof TaskEntry.OfSet set) {
            if (set.type() == type) return true;
            var nested = of(set.type(), user, tags);
            if (MarkovTaskSet.class.isAssignableFrom(set.type())) return filter.isEmpty() || filter.keeps(tags);
            return filter.isEmpty() || !nested.tasks().isEmpty() || addsAtRunTime(set.type());
        }
        return filter.isEmpty() || filter.keeps(tags);
    }

    private static boolean addsAtRunTime(Class<? extends TaskSet> set) {
        for (Class<?> at = set; at != null && at != TaskSet.class; at = at.getSuperclass()) {
            for (var method : at.getDeclaredMethods()) {
                if (method.getName().equals("tasks") && method.getParameterCount() == 0) return true;
            }
        }
        return false;
    }

    private static List<TaskEntry> flat(List<TaskEntry> tasks) {
        return tasks.stream().map(task -> new TaskEntry(task.name(), 1, task.tags(), task.transitions(), task.target())).toList();
    }

    /** Gives the tasks of a user class as names. */
    public List<String> names(Class<? extends User> user) {
        return of(user, user, tags(user)).tasks().stream().map(TaskEntry::name).toList();
    }

    /** Gives the weighted children of a class, for ratios. */
    public List<Node> tree(Class<? extends User> user) {
        return tree(user, user, tags(user), 0);
    }

    /**
     * Is a task with its weight and, for a set, its children.
     *
     * @param name its name
     * @param weight its weight among its siblings
     * @param children the tasks inside it
     */
    public record Node(String name, int weight, List<Node> children) {}

    private List<Node> tree(Class<?> type, Class<? extends User> user, Set<String> inherited, int depth) {
        var nodes = new ArrayList<Node>();
        for (var task : of(type, user, inherited).tasks()) {
            Optional<Class<? extends TaskSet>> set = task.target() instanceof TaskEntry.OfSet of ? Optional.of(of.type())
                : Optional.empty();
            var tags = TagFilter.union(inherited, task.tags());
            // A set that holds itself would never end.
            nodes.add(
                new Node(task.name(), task.weight(), set.isPresent() && depth < 20 ? tree(set.get(), user, tags, depth + 1) : List.of()));
        }
        return List.copyOf(nodes);
    }

    boolean keepsTags(Set<String> tags) { return filter.isEmpty() || filter.keeps(tags); }
}
