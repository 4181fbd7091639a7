package io.katydid.kernel.event;

import io.katydid.api.User;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Knows which compilations of the script were followed by newer ones while their users still run: a listener of an older one hears of its own users only, and those are not told to its successor.
 * Asked by any thread for each request, so it costs next to nothing while there is one compilation.
 */
public final class Lineage {
    private volatile Map<ClassLoader, ClassLoader> successors = Map.of();

    /** Takes in that a compilation has a successor. */
    public synchronized void follows(ClassLoader older, ClassLoader newer) {
        var all = new HashMap<>(successors);
        all.put(older, newer);
        successors = Map.copyOf(all);
    }

    /** Forgets a compilation whose users have gone. */
    public synchronized void forget(ClassLoader older) {
        var all = new HashMap<>(successors);
        all.remove(older);
        successors = Map.copyOf(all);
    }

    /** Tells whether a listener is to hear of a request or an error of this user. */
    boolean hears(ClassLoader listener, Optional<User> user) {
        return successors.isEmpty() || hearsOf(listener, user.map(made -> made.getClass().getClassLoader()));
    }

    boolean hearsOf(ClassLoader listener, Optional<ClassLoader> of) {
        var all = successors;
        if (all.containsKey(listener)) return of.filter(listener::equals).isPresent();
        var at = of.orElse(null);
        while (at != null && (at = all.get(at)) != null) {
            if (at.equals(listener)) return false;
        }
        return true;
    }

    /** Tells whether a listener is to hear of anything but its own users. */
    boolean isOlder(ClassLoader listener) {
        return successors.containsKey(listener);
    }
}
