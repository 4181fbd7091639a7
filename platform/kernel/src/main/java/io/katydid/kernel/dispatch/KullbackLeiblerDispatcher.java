package io.katydid.kernel.dispatch;

import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.UserDispatcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Is the reference's dispatcher: fixed classes first, then by weight; workers in turn; the last users to come are the first to go.
 * Not for several threads at once.
 */
public final class KullbackLeiblerDispatcher implements UserDispatcher {
    private final List<UserClass> all;
    private List<String> workers;
    private Map<String, Integer> weights = Map.of();
    /** Are the workers in the order of their turns, as places in {@link #workers}; one with more weight has more turns in a round. */
    private List<Integer> turns;
    private List<UserClass> classes;
    private List<UserClass> fixed = List.of();
    private List<Class<? extends User>> only = List.of();
    private final List<String> names;
    private final List<Placed> active = new ArrayList<>();
    private Placement placement;
    private final Map<String, Integer> counts = new HashMap<>();
    private WeightedCycle weighted = new WeightedCycle(Map.of());
    /** Are the classes of users that went: the next ones to come take their place, so that equal numbers of users are the same mix. */
    private final ArrayDeque<String> vacant = new ArrayDeque<>();
    private final Set<String> byWeight = new HashSet<>();
    private int nextTurn;
    /** Says that users changed their workers and nobody was told yet. */
    private boolean rebalanced;

    private record Placed(int worker, int turn, String name) {
        static final Placed NOBODY = new Placed(-1, -1, "");
    }

    /** Makes one for these classes and workers. */
    public KullbackLeiblerDispatcher(List<UserClass> userClasses, List<String> workerIds) {
        all = userClasses.stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
        workers = byHost(workerIds);
        turns = Turns.of(workers, weights);
        classes = all;
        names = all.stream().map(UserClass::name).distinct().toList();
        placement = new Placement(workers, names);
        restart();
    }

    /** Puts the first worker of each host before the second of any; a worker's id begins with its host, up to the first underscore. */
    private static List<String> byHost(List<String> ids) {
        var perHost = new HashMap<String, Integer>();
        var turn = new HashMap<String, Integer>();
        for (var id : ids.stream().sorted().toList()) turn.put(id, perHost.merge(id.split("_", 2)[0], 1, Integer::sum));
        return ids.stream().sorted(Comparator.<String>comparingInt(turn::get).thenComparing(Comparator.naturalOrder())).toList();
    }

    @Override public Iterable<Step> dispatch(int targetUserCount, double spawnRate, List<Class<? extends User>> chosen) {
        if (!chosen.equals(only)) {
            only = List.copyOf(chosen);
            classes = chosen.isEmpty() ? all : all.stream().filter(type -> chosen.contains(type.type())).toList();
            restart();
        }
        int perStep = Math.max(1, (int) Math.floor(spawnRate));
        return () -> new Steps(reachable(targetUserCount), perStep, perStep / spawnRate);
    }

    @Override public void weights(Map<String, Integer> perWorker) {
        weights = Map.copyOf(perWorker);
    }

    @Override public void workers(List<String> workerIds) {
        int users = active.size();
        workers = byHost(workerIds);
        turns = Turns.of(workers, weights);
        active.clear();
        counts.clear();
        placement = new Placement(workers, names);
        nextTurn = 0;
        restart();
        for (int i = 0; i < users && !workers.isEmpty(); i++) add();
        rebalanced = users > 0;
    }

    @Override public void lost(String workerId, String userClass, int count) {
        int worker = workers.indexOf(workerId);
        int left = count;
        for (var from = active.listIterator(active.size()); left > 0 && from.hasPrevious();) {
            var user = from.previous();
            if (user.worker() != worker || !user.name().equals(userClass)) continue;
            from.set(Placed.NOBODY);
            gone(user);
            left--;
        }
        active.removeIf(Placed.NOBODY::equals);
    }

    /** With fixed classes alone there cannot be more users than they say. */
    private int reachable(int target) {
        boolean endless = classes.stream().anyMatch(type -> type.fixedCount() == 0 && type.weight() > 0);
        return endless ? target : Math.min(target, classes.stream().mapToInt(UserClass::fixedCount).sum());
    }

    private void restart() {
        fixed = classes.stream().filter(type -> type.fixedCount() > 0).toList();
        var weights = new TreeMap<String, Double>();
        for (var type : classes) {
            if (type.fixedCount() == 0) weights.put(type.name(), type.weight());
        }
        weighted = new WeightedCycle(weights);
        byWeight.clear();
        byWeight.addAll(weights.keySet());
        vacant.clear();
    }

    private void gone(Placed user) {
        counts.merge(user.name(), -1, Integer::sum);
        placement.change(user.worker(), user.name(), -1);
        if (byWeight.contains(user.name())) vacant.push(user.name());
    }

    private Optional<String> nextByWeight() { return vacant.isEmpty() ? weighted.next() : Optional.of(vacant.pop()); }

    private Optional<String> nextClass() {
        if (fixed.isEmpty()) return nextByWeight();
        var missing = new TreeMap<String, Double>();
        for (var type : fixed) {
            int lacking = type.fixedCount() - counts.getOrDefault(type.name(), 0);
            if (lacking > 0) missing.put(type.name(), (double) lacking);
        }
        return missing.isEmpty() ? nextByWeight() : new WeightedCycle(missing).next();
    }

    private boolean add() {
        var name = nextClass();
        if (name.isEmpty() || workers.isEmpty()) return false;
        int worker = turns.get(nextTurn);
        active.add(new Placed(worker, nextTurn, name.get()));
        placement.change(worker, name.get(), 1);
        nextTurn = (nextTurn + 1) % turns.size();
        counts.merge(name.get(), 1, Integer::sum);
        return true;
    }

    private void removeLast() {
        var last = active.removeLast();
        gone(last);
        nextTurn = last.turn();
    }

    private final class Steps implements Iterator<Step> {
        private final int target;
        private final int perStep;
        private final double waitSeconds;
        private boolean begun;

        Steps(int target, int perStep, double waitSeconds) {
            this.target = target;
            this.perStep = perStep;
            this.waitSeconds = waitSeconds;
        }

        @Override public boolean hasNext() { return !begun || rebalanced || active.size() != target; }

        @Override public Step next() {
            if (!hasNext()) throw new NoSuchElementException();
            begun = true;
            if (rebalanced) {
                rebalanced = false;
                return new Step(placement.snapshot(), 0);
            }
            for (int i = 0; i < perStep && active.size() < target; i++) {
                if (!add()) throw new IllegalStateException("There is no user class to spawn from.");
            }
            for (int i = 0; i < perStep && active.size() > target; i++) removeLast();
            return new Step(placement.snapshot(), active.size() == target ? 0 : waitSeconds);
        }
    }
}
