package io.katydid.kernel;

import io.katydid.api.KatydidException;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Is which user classes a test runs, in the order of their names. */
final class UserClasses {
    private final Home home;
    private volatile List<UserClassImpl> all = List.of();

    UserClasses(Home home) {
        this.home = home;
    }

    List<UserClassImpl> all() { return all; }

    void replace(List<UserClassImpl> described) {
        all = described;
    }

    /** Checks classes and says what each of them is at first; changes nothing. */
    List<UserClassImpl> describe(List<Class<? extends User>> classes) {
        var made = new ArrayList<UserClassImpl>();
        for (var type : classes) {
            for (var other : made) {
                if (other.name().equals(type.getSimpleName()) && other.type() != type) {
                    throw new KatydidException(
                        "The following user classes have the same class name: " + other.type().getName() + ", " + type.getName()
                            + ". Rename one of them.");
                }
            }
            if (made.stream().noneMatch(other -> other.type() == type)) made.add(new UserClassImpl(type, home.models()));
        }
        made.sort(Comparator.comparing(UserClass::name));
        if (home.equalWeights()) made.forEach(type -> type.weight(1));
        for (var type : made) home.models().check(type.type());
        return List.copyOf(made);
    }

    /** Changes the class that the settings name, as {@code --config-users} says: host, weight, fixed_count, tasks, or a field with {@code @Setting}. */
    static void update(List<UserClassImpl> classes, Map<String, Object> settings) {
        var name = String.valueOf(settings.get("user_class_name"));
        var type = classes.stream().filter(other -> other.name().equals(name)).findFirst()
            .orElseThrow(() -> new KatydidException("--config-users: there is no user class '" + name + "'. There are "
                + classes.stream().map(UserClass::name).toList() + "."));
        settings.forEach((key, value) -> {
            switch (key) {
                case "user_class_name" -> {}
                case "host" -> type.host(String.valueOf(value));
                case "weight" -> type.weight(((Number) value).doubleValue());
                case "fixed_count" -> type.fixedCount(((Number) value).intValue());
                case "tasks" -> type.tasks(((List<?>) value).stream().map(String::valueOf).toList());
                default -> type.setting(key, value);
            }
        });
    }

    /** Leaves out what has no users; refuses when nothing is left. */
    void freeze() {
        if (all.isEmpty()) throw new KatydidException("There is no user class to run. Give the environment at least one.");
        var weighted = all.stream().filter(type -> type.weight() > 0 || type.fixedCount() > 0).toList();
        if (weighted.isEmpty()) throw new KatydidException("There are no users with weight > 0. Give one of the classes a weight.");
        all = weighted;
    }

    /** Lets a newer compilation of a class take its place. */
    void become(Class<? extends User> newer) {
        all.stream().filter(known -> known.name().equals(newer.getSimpleName())).forEach(known -> known.become(newer));
    }

    /** Gives those that may have no new users now. */
    List<UserClass> barred() {
        return all.stream().filter(type -> !home.mayStart(type)).<UserClass>map(type -> type).toList();
    }
}
