package shop;

import io.katydid.api.Task;
import io.katydid.api.User;

/** Computes on its loop until it is told to end. Its package is not the platform's, as that of a script. */
public class Hog extends User {
    /** True while it is to compute. */
    public static volatile boolean computes = true;

    @Task void compute() {
        long end = System.nanoTime() + 20_000_000_000L;
        while (computes && System.nanoTime() - end < 0) Thread.onSpinWait();
        sleep(60);
    }
}
