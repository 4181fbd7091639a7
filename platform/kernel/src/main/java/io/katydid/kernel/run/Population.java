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
final class Population {
    private final Map<String, SequencedSet<RunningUser>> perClass = new TreeMap<>();
    /** Were told to end by a ramp down: alive, but a ramp up does not count on them. */
    private final Set<RunningUser> leaving = new LinkedHashSet<>();
    private final AtomicLong numbers = new AtomicLong();
    private final RunnerHome home;
    private int count;

    Population(RunnerHome home) {
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

    /** Takes in that a user has ended. */
    synchronized void remove(RunningUser user) {
        if (leaving.remove(user) || staying(user).remove(user)) count--;
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
