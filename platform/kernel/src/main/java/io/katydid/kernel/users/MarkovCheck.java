package io.katydid.kernel.users;

import io.katydid.api.KatydidException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks that every way of a Markov task set leads somewhere. */
final class MarkovCheck {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.users");

    private MarkovCheck() {}

    static void check(Class<?> type, List<TaskEntry> tasks) {
        var byName = new HashMap<String, TaskEntry>();
        for (var task : tasks) {
            if (!task.transitions().isEmpty()) byName.put(task.name(), task);
        }
        if (byName.isEmpty()) {
            throw new KatydidException("No Markov tasks in " + type.getSimpleName()
                + ": none of its methods has a @Transition. Add @Transition(to = \"…\") to them.");
        }
        for (var task : byName.values()) check(type, task, tasks, byName);
        warnOfUnreachable(type, tasks, byName);
    }

    private static void check(Class<?> type, TaskEntry task, List<TaskEntry> tasks, Map<String, TaskEntry> byName) {
        var place = type.getSimpleName() + "." + task.name() + "()";
        if (!task.tags().isEmpty()) {
            throw new KatydidException(
                "Tags are unsupported for Markov tasks: " + place + " has " + task.tags() + ". Tag the whole task set instead.");
        }
        task.transitions().forEach((target, weight) -> {
            if (weight <= 0)
                throw new KatydidException(
                    "The @Transition on " + place + " to '" + target + "' has the weight " + weight + ". Give 1 or more.");
            if (byName.containsKey(target)) return;
            if (tasks.stream().anyMatch(other -> other.name().equals(target))) {
                throw new KatydidException(
                    "The @Transition on " + place + " leads to '" + target + "', which has no transitions of its own. Add one to it.");
            }
            throw new KatydidException(
                "Unknown task '" + target + "' in " + type.getSimpleName() + ": @Transition on " + task.name() + "() points to it."
                    + guess(target, byName));
        });
    }

    private static String guess(String target, Map<String, TaskEntry> byName) {
        return byName.keySet().stream().filter(name -> distance(name, target) <= 2).findFirst().map(name -> " Did you mean '" + name + "'?")
            .orElse(
                " Name a method with a @Transition.");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.length()];
    }

    private static void warnOfUnreachable(Class<?> type, List<TaskEntry> tasks, Map<String, TaskEntry> byName) {
        var first = tasks.stream().filter(task -> byName.containsKey(task.name())).findFirst().orElseThrow();
        var reached = new LinkedHashSet<String>();
        var next = new ArrayDeque<String>(List.of(first.name()));
        while (!next.isEmpty()) {
            var name = next.poll();
            var task = byName.get(name);
            if (task != null && reached.add(name)) next.addAll(task.transitions().keySet());
        }
        for (var name : byName.keySet()) {
            if (!reached.contains(name)) LOG.warn("No transition leads to {}.{}(): it will never run.", type.getSimpleName(), name);
        }
    }
}
