package io.katydid.testkit;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Proves that classes can be unloaded: loads them in a loader of its own, lets them work, and waits until the loader is collected. If it is not, the error
 * tells the path that holds it.
 *
 * <pre>{@code
 * Unloading.check(CsvReporterTest.class, made -> made.useIt(), CsvReporter.class);
 * }</pre>
 */
public final class Unloading {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private Unloading() {}

    /** Does something with an object whose class was loaded anew. Leave no reference to it in a field. */
    @FunctionalInterface
    public interface Work<T> {

        /** Does it. */
        void with(T made) throws Exception;
    }

    /**
     * Loads a class and all others of its jar or folder, and of those of {@code others}, in a loader of its own; makes an object with the constructor without
     * arguments; gives it to the work; and waits up to 20 s until the loader is collected. All other classes are those of the test.
     *
     * @param type a class or interface the object has in both loaders
     * @param subject the class to make, such as a nested one of your test
     */
    public static <T> void check(Class<T> type, Class<? extends T> subject, Work<? super T> work, Class<?>... others) throws Exception {
        var loader = work(type, subject, work, others);
        if (Await.within(BOUND, () -> isCollected(loader))) return;
        throw new AssertionError("The classes of " + subject.getName() + " could not be unloaded within " + BOUND.toSeconds() + " s. "
            + HeapPath.to(loader));
    }

    /** What is only softly held goes when memory is short, and is made to go here: an array that does not fit clears all soft references. */
    private static boolean isCollected(WeakReference<?> reference) {
        System.gc();
        if (reference.get() == null) return true;
        try {
            long words = Runtime.getRuntime().maxMemory() / Long.BYTES;
            var tooMuch = new long[(int) Math.min(words, Integer.MAX_VALUE - 16)];
            return tooMuch.length < 0;
        } catch (OutOfMemoryError cleared) {
            return reference.get() == null;
        }
    }

    /** In a method of its own: no local variable of the caller may hold the loader. */
    private static <T> WeakReference<ClassLoader> work(Class<T> type, Class<? extends T> subject, Work<? super T> work, Class<?>... others)
        throws Exception {
        var places = new LinkedHashSet<URL>();
        places.add(place(subject));
        for (var other : others) places.add(place(other));
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try (var loader = new Anew(places, subject.getClassLoader())) {
            thread.setContextClassLoader(loader);
            var constructor = loader.loadClass(subject.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);
            work.with(type.cast(constructor.newInstance()));
            return new WeakReference<>(loader);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** Looks into its own places first, unlike other loaders. */
    private static final class Anew extends URLClassLoader {
        Anew(Set<URL> places, ClassLoader parent) {
            super("testkit-anew", places.toArray(URL[]::new), parent);
        }

        @Override protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                var known = findLoadedClass(name);
                if (known != null) return known;
                return isOurs(name) ? findClass(name) : super.loadClass(name, resolve);
            }
        }

        private boolean isOurs(String name) { return findResource(name.replace('.', '/') + ".class") != null; }
    }
}
