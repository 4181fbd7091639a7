package io.katydid.host;

import io.katydid.api.KatydidException;
import java.lang.reflect.InvocationTargetException;

/**
 * Is an extension that a bundle offers.
 *
 * @param type its class
 * @param bundle the name of the bundle
 */
public record Found<T>(Class<? extends T> type, String bundle) {

    /**
     * Makes one, with the bundle's loader as the context class loader. What its constructor throws becomes a {@link KatydidException} that names class and bundle.
     */
    public T create() {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(type.getClassLoader());
        try {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (InvocationTargetException thrown) {
            throw unusable(thrown.getCause() == null ? thrown : thrown.getCause());
        } catch (ReflectiveOperationException | LinkageError problem) {
            throw unusable(problem);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private KatydidException unusable(Throwable problem) {
        return new KatydidException(
            "The extension " + type.getName() + " of the bundle " + bundle + " cannot be created: " + Words.of(problem)
                + ". Repair its constructor, or leave the bundle out with --plugins=-" + bundle + ".",
            problem);
    }
}
