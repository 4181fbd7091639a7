package io.katydid.feeders;

import io.katydid.api.KatydidException;
import io.katydid.api.Scenario;
import io.katydid.api.StopTest;
import io.katydid.api.StopUser;
import io.katydid.api.WorkerRunner;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is a file of test data, open for one user; says in which way its rows are given out. Two ways of one file do not disturb each other. Over several
 * workers "all users" are those of all workers: the master says which rows each of them gives out.
 *
 * @param <T> a row
 */
public final class FeederSource<T> {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.feeders");
    private final Scenario user;
    private final String file;
    private final Rows rows;

    FeederSource(Scenario user, String file, Supplier<? extends List<T>> read) {
        this.user = user;
        this.file = file;
        rows = user.environment().shared("io.katydid.feeders " + file, Rows.class, Rows::new);
        if (!rows.isRead()) user.blocking(() -> rows.read(read));
        if (rows.size() == 0)
            throw new KatydidException("The " + file + " has no rows to feed users with. Give it at least one.");
    }

    /** Gives each row once, in the order of the file, over all users; after the last one the whole test ends, and the log says so. */
    public Feeder<T> sequential() {
        var position = position(Way.SEQUENTIAL);
        return () -> {
            long index = position.next();
            if (index >= rows.size()) throw new StopTest("All " + rows.size() + " rows of the " + file + " were given out.");
            return row(index);
        };
    }

    /** Gives the rows in the order of the file, over all users, and begins anew after the last one. */
    public Feeder<T> circular() {
        var position = position(Way.CIRCULAR);
        return () -> row(Math.floorMod(position.next(), (long) rows.size()));
    }

    /** Gives any row, each as likely as another; the same one may come twice. */
    public Feeder<T> random() {
        return () -> row(ThreadLocalRandom.current().nextInt(rows.size()));
    }

    /** Gives this user a row that no other user gets, and the same one each time; a user for whom none is left ends. */
    public Feeder<T> unique() {
        var position = position(Way.UNIQUE);
        return new Feeder<>() {
            private long own = -1;

            @Override public synchronized T next() {
                if (own < 0) own = position.next();
                if (own < rows.size()) return row(own);
                if (own == rows.size()) {
                    LOG.warn(
                        "All {} rows of the {} have their user: further users end at once. Give the file more rows, or run fewer users.",
                        rows.size(),
                        file);
                }
                throw new StopUser();
            }
        };
    }

    /** On a worker the rows are those of all workers. */
    private Position position(Way way) {
        var environment = user.environment();
        if (environment.runner() instanceof WorkerRunner) return Lessee.of(environment).position(file, way, rows.size());
        return rows.position(way);
    }

    /** The rows of one name in an environment have one type: the name says which. */
    @SuppressWarnings("unchecked") private T row(long index) {
        return (T) rows.get((int) index);
    }

    @Override public String toString() { return file + " for " + user.getClass().getSimpleName(); }
}
