package io.katydid.kernel;

import io.katydid.api.FixedCount;
import io.katydid.api.KatydidException;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.WaitTime;
import io.katydid.api.Weight;
import io.katydid.kernel.users.Models;
import io.katydid.kernel.users.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Describes a user class; begins with what its annotations say. */
final class UserClassImpl implements UserClass, Settings.HasSettings {
    private volatile Class<? extends User> type;
    private final Models models;
    private final Map<String, Object> settings = new ConcurrentHashMap<>();
    private volatile double weight;
    private volatile int fixedCount;
    private volatile @Nullable String host;
    private volatile @Nullable WaitTime waitTime;
    private volatile List<String> chosen = List.of();

    UserClassImpl(Class<? extends User> type, Models models) {
        this.type = type;
        this.models = models;
        var weighted = type.getAnnotation(Weight.class);
        weight = weighted == null ? 1 : finite(weighted.value());
        var fixed = type.getAnnotation(FixedCount.class);
        fixedCount = fixed == null ? 0 : fixed.value();
        if (fixedCount < 0)
            throw new KatydidException(
                "@FixedCount of " + type.getSimpleName() + " is " + fixedCount + ". Give 1 or more, or take it away.");
    }

    @Override public String name() { return type.getSimpleName(); }

    @Override public Class<? extends User> type() { return type; }

    /** Goes on with a newer revision of the class; what was edited stays. Users made so far keep theirs. */
    void become(Class<? extends User> newer) {
        type = newer;
    }

    @Override public double weight() { return weight; }

    @Override public void weight(double share) {
        weight = finite(share);
    }

    private double finite(double share) {
        if (Double.isFinite(share)) return share;
        throw new KatydidException("The weight of " + name() + " is " + share
            + ". Give a number, such as 1 or 0.5; 0 leaves the class out.");
    }

    @Override public int fixedCount() { return fixedCount; }

    @Override public void fixedCount(int count) {
        if (count < 0) throw new KatydidException("The fixed count of " + name() + " is " + count + ". Give 0 or more.");
        fixedCount = count;
    }

    @Override public Optional<String> host() { return Optional.ofNullable(host); }

    @Override public void host(String base) {
        host = base;
    }

    @Override public Optional<WaitTime> waitTime() { return Optional.ofNullable(waitTime); }

    @Override public void waitTime(Optional<WaitTime> forAll) {
        waitTime = forAll.orElse(null);
    }

    @Override public List<String> tasks() { return chosen.isEmpty() ? models.names(type) : chosen; }

    @Override public void tasks(List<String> names) {
        var known = models.names(type);
        for (var name : names) {
            if (!known.contains(name))
                throw new KatydidException("The user class " + name() + " has no task '" + name + "'. Its tasks are " + known + ".");
        }
        chosen = List.copyOf(names);
    }

    /** Sets a field that carries {@code @Setting}. */
    void setting(String name, Object value) {
        Settings.find(type, name);
        settings.put(name, value);
    }

    @Override public Map<String, Object> settings() { return settings; }
}
