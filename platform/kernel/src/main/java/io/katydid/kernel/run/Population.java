package io.katydid.kernel.run;

import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.kernel.users.RunningUser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Holds the users that are alive, per class and in the order they came. Any thread, under its own monitor. */
public final class Population {
    private final Map<String, SequencedSet<RunningUser>> perClass = new TreeMap<>();
    /** Were told to end by a ramp down: alive, but a ramp up does not count on them. */
    private final Set<RunningUser> leaving = new LinkedHashSet<>();
    /** Are to be followed by another user of their class when they end. */
    private final Set<RunningUser> rolling = new LinkedHashSet<>();
    private boolean open = true;
    private final AtomicLong numbers = new AtomicLong();
    private final RunnerHome home;
    private int count;

    /** Makes an empty one. */
    public Population(RunnerHome home) {
        this.home = home;
    }

    void spawn(UserClass type, int users) {
        for (int i = 0; i < users; i++) {
            var user = new RunningUser(home, type);
            synchronized (this) {
                perClass.computeIfAbsent(type.name(), _ -> new LinkedHashSet<>()).add(user);
                count++;
            }
            user.start(type.name() + "-" + numbers.incrementAndGet());
        }
    }

    /** Takes in that a user has ended; one that was to be followed is followed at once, so that the count stays. */
    void remove(RunningUser user) {
        take(user).ifPresent(next -> next.start(next.userClass().name() + "-" + numbers.incrementAndGet()));
    }

    private synchronized Optional<RunningUser> take(RunningUser user) {
        boolean followed = rolling.remove(user) && open;
        if (leaving.remove(user)) {
            count--;
            return Optional.empty();
        }
        if (!staying(user).remove(user)) return Optional.empty();
        if (!followed) {
            count--;
            return Optional.empty();
        }
        var next = new RunningUser(home, user.userClass());
        staying(user).add(next);
        return Optional.of(next);
    }

    /** Lets another user of its class follow this one when it ends, unless it is leaving anyway. */
    synchronized void follow(RunningUser user) {
        if (staying(user).contains(user)) rolling.add(user);
    }

    /** Lets users be followed again. */
    synchronized void open() {
        open = true;
    }

    /** Lets nobody be followed any more, and gives all: a test ends. */
    synchronized List<RunningUser> close() {
        open = false;
        rolling.clear();
        return all();
    }

    private SequencedSet<RunningUser> staying(RunningUser user) {
        return perClass.getOrDefault(user.userClass().name(), new LinkedHashSet<>());
    }

    /** Takes the users of a class that came last off those that stay, and gives them. */
    synchronized List<RunningUser> dismiss(String type, int users) {
        var all = perClass.getOrDefault(type, new LinkedHashSet<>());
        var last = new ArrayList<RunningUser>();
        while (last.size() < users && !all.isEmpty()) last.add(all.removeLast());
        leaving.addAll(last);
        rolling.removeAll(last);
        return last;
    }

    synchronized List<RunningUser> all() {
        return Stream.concat(perClass.values().stream().flatMap(SequencedSet::stream), leaving.stream()).toList();
    }

    synchronized int count() { return count; }

    synchronized int staying(String type) { return perClass.getOrDefault(type, new LinkedHashSet<>()).size(); }

    synchronized Map<String, Integer> counts() {
        var counts = new TreeMap<String, Integer>();
        perClass.forEach((name, users) -> counts.put(name, users.size()));
        leaving.forEach(user -> counts.merge(user.userClass().name(), 1, Integer::sum));
        return counts;
    }

    List<User> users() { return all().stream().map(RunningUser::madeUser).flatMap(Optional::stream).toList(); }
}
