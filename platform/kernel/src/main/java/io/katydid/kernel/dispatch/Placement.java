package io.katydid.kernel.dispatch;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Counts users per worker and class. What it has given stays as it was: only the workers that changed since are copied for the next time. */
final class Placement {
    private final Names workers;
    private final Names classes;
    private final int[][] counts;
    private final List<Map<String, Integer>> given;
    private final boolean[] changed;

    Placement(List<String> workers, List<String> classes) {
        this.workers = new Names(workers);
        this.classes = new Names(classes);
        counts = new int[workers.size()][classes.size()];
        changed = new boolean[workers.size()];
        given = new ArrayList<>(workers.size());
        for (var perClass : counts) given.add(fixed(perClass));
    }

    void change(int worker, String name, int by) {
        counts[worker][classes.index(name)] += by;
        changed[worker] = true;
    }

    /** Gives the present numbers, in the order of workers and classes. */
    Map<String, Map<String, Integer>> snapshot() {
        for (int i = 0; i < changed.length; i++) {
            if (changed[i]) given.set(i, fixed(counts[i]));
            changed[i] = false;
        }
        var now = List.copyOf(given);
        return new ByName<>(workers, now::get);
    }

    private Map<String, Integer> fixed(int[] perClass) {
        var copy = perClass.clone();
        return new ByName<>(classes, i -> copy[i]);
    }

    /** Is an ordered set of names, and the place of each. */
    private static final class Names {
        final List<String> all;
        private final Map<String, Integer> places;

        Names(List<String> all) {
            this.all = List.copyOf(all);
            places = HashMap.newHashMap(all.size());
            IntStream.range(0, all.size()).forEach(i -> places.put(all.get(i), i));
        }

        int index(Object name) { return places.getOrDefault(name, -1); }
    }

    /** Is a map that cannot change, from each name to the value of its place. */
    private static final class ByName<V> extends AbstractMap<String, V> {
        private final Names names;
        private final IntFunction<V> values;

        ByName(Names names, IntFunction<V> values) {
            this.names = names;
            this.values = values;
        }

        @Override public boolean containsKey(Object name) { return names.index(name) >= 0; }

        @SuppressWarnings("NullAway") // the contract of Map
        @Override public V get(Object name) {
            int at = names.index(name);
            return at < 0 ? null : values.apply(at);
        }

        @Override public Set<Entry<String, V>> entrySet() {
            return new AbstractSet<>() {
                @Override public int size() { return names.all.size(); }

                @Override public Iterator<Entry<String, V>> iterator() {
                    return IntStream.range(0, size()).mapToObj(i -> Map.entry(names.all.get(i), values.apply(i))).iterator();
                }
            };
        }
    }
}
