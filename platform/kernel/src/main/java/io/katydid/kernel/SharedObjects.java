package io.katydid.kernel;

import io.katydid.api.KatydidException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what the code of one environment shares. An object belongs to the revision its type comes from: of a bundle that is being updated the older and the newer revision have one each.
 * Any thread.
 */
final class SharedObjects implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private final Map<Key, Held> objects = new ConcurrentHashMap<>();

    private record Key(String name, @Nullable ClassLoader loader) {}

    private record Held(Class<?> type, Object object) {}

    <T> T get(String name, Class<T> type, Supplier<? extends T> make) {
        var held = objects.computeIfAbsent(new Key(name, type.getClassLoader()), _ -> {
            refuseOther(name, type);
            return new Held(type, make.get());
        });
        if (!type.isInstance(held.object())) throw other(name, type, held);
        return type.cast(held.object());
    }

    private void refuseOther(String name, Class<?> type) {
        objects.forEach((key, held) -> {
            if (key.name().equals(name) && !held.type().getName().equals(type.getName())) throw other(name, type, held);
        });
    }

    private static KatydidException other(String name, Class<?> type, Held held) {
        return new KatydidException("The shared object '" + name + "' is a " + held.object().getClass().getName() + ", not a "
            + type.getName() + ". Choose another name.");
    }

    /** Closes and forgets what belongs to loaders that are being left. */
    void forget(Set<ClassLoader> loaders) {
        objects.forEach((key, held) -> {
            if (key.loader() != null && loaders.contains(Objects.requireNonNull(key.loader())) && objects.remove(key, held)) close(held);
        });
    }

    private static void close(Held held) {
        if (!(held.object() instanceof AutoCloseable closeable)) return;
        try {
            closeable.close();
        } catch (Exception problem) {
            LOG.warn("The shared object {} could not be closed: {}", held.object().getClass().getName(), problem.toString(), problem);
        }
    }

    @Override public void close() {
        objects.values().forEach(SharedObjects::close);
    }
}
