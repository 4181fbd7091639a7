package io.katydid.kernel.run;

import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.kernel.users.RunningUser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Holds the users that are alive, per class and in the order they came. Any thread, under its own monitor. */
final class Population {
    private final Map<String, SequencedSet<RunningUser>> perClass = new TreeMap<>();
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
        var users = perClass.get(user.userClass().name());
        if (users != null && users.remove(user)) count--;
        notifyAll();
    }

    /** Gives the users of a class that came last. */
    synchronized List<RunningUser> last(String type, int users) {
        var all = new ArrayDeque<>(perClass.getOrDefault(type, new LinkedHashSet<>()));
        var last = new ArrayList<RunningUser>();
        while (last.size() < users && !all.isEmpty()) last.add(all.removeLast());
        return last;
    }

    synchronized List<RunningUser> all() { return perClass.values().stream().flatMap(SequencedSet::stream).toList(); }

    synchronized int count() { return count; }

    synchronized int count(String type) { return perClass.getOrDefault(type, new LinkedHashSet<>()).size(); }

    synchronized Map<String, Integer> counts() {
        var counts = new TreeMap<String, Integer>();
        perClass.forEach((name, users) -> counts.put(name, users.size()));
        return counts;
    }

    List<User> users() { return all().stream().map(RunningUser::madeUser).flatMap(Optional::stream).toList(); }
}
