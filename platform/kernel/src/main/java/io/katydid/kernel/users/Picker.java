package io.katydid.kernel.users;

import io.katydid.api.MarkovTaskSet;
import io.katydid.api.Scenario;
import io.katydid.api.SequentialTaskSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Picks the next task of one instance: at random by weight, in order, or along transitions. */
abstract class Picker {

    static Picker of(Class<? extends Scenario> type, List<TaskEntry> tasks) {
        if (MarkovTaskSet.class.isAssignableFrom(type)) return new Markov(tasks);
        if (SequentialTaskSet.class.isAssignableFrom(type)) return new Sequential(tasks);
        return new Random(tasks);
    }

    abstract TaskEntry next();

    private static final class Random extends Picker {
        private final List<TaskEntry> tasks;
        private final int total;

        Random(List<TaskEntry> tasks) {
            this.tasks = tasks;
            total = tasks.stream().mapToInt(TaskEntry::weight).sum();
        }

        @Override TaskEntry next() {
            int at = ThreadLocalRandom.current().nextInt(total);
            for (var task : tasks) {
                at -= task.weight();
                if (at < 0) return task;
            }
            throw new IllegalStateException("weights changed");
        }
    }

    private static final class Sequential extends Picker {
        private final List<TaskEntry> tasks;
        private int at;
        private int repeated;

        Sequential(List<TaskEntry> tasks) {
            this.tasks = tasks;
        }

        @Override TaskEntry next() {
            while (repeated >= tasks.get(at).weight()) {
                at = (at + 1) % tasks.size();
                repeated = 0;
            }
            repeated++;
            return tasks.get(at);
        }
    }

    private static final class Markov extends Picker {
        private final Map<String, TaskEntry> byName = new HashMap<>();
        private TaskEntry next;

        Markov(List<TaskEntry> tasks) {
            @Nullable
            TaskEntry first = null;
            for (var task : tasks) {
                if (task.transitions().isEmpty()) continue;
                if (first == null) first = task;
                byName.put(task.name(), task);
            }
            if (first == null) throw new IllegalStateException("no Markov tasks");
            next = first;
        }

        @Override TaskEntry next() {
            var now = next;
            next = follow(now);
            return now;
        }

        private TaskEntry follow(TaskEntry task) {
            int at = ThreadLocalRandom.current().nextInt(task.transitions().values().stream().mapToInt(Integer::intValue).sum());
            for (var way : task.transitions().entrySet()) {
                at -= way.getValue();
                var target = byName.get(way.getKey());
                if (at < 0 && target != null) return target;
            }
            throw new IllegalStateException("a transition leads nowhere");
        }
    }
}
