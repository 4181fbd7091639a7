package io.katydid.kernel.users;

import io.katydid.api.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Keeps what is to be done when a task ends. Tasks nest, so each has the part of the list that came after it began. Any thread of the user. */
final class AfterTask {
    private volatile @Nullable List<Work> works;

    private static final class Work {
        private @Nullable Consumer<String> body;

        Work(Consumer<String> body) {
            this.body = body;
        }
    }

    /** Gives where a task that begins now has its part. */
    int mark() {
        var list = works;
        if (list == null) return 0;
        synchronized (this) {
            return list.size();
        }
    }

    synchronized Registration add(Consumer<String> body) {
        var list = works;
        if (list == null) {
            list = new ArrayList<>(2);
            works = list;
        }
        var work = new Work(body);
        list.add(work);
        return () -> remove(work);
    }

    /** Takes work out, and the empty places at the end: a task may come and go for hours. */
    private synchronized void remove(Work work) {
        work.body = null;
        var list = works;
        while (list != null && !list.isEmpty() && list.getLast().body == null) list.removeLast();
    }

    /** Does what a task has left behind, the last thing first. */
    void ended(int mark, Supplier<String> task) {
        if (works == null) return;
        for (var body = next(mark); body != null; body = next(mark)) {
            try {
                body.accept(task.get());
            } catch (RuntimeException problem) {
                LoggerFactory.getLogger("katydid.user").warn("What {} left open could not be closed", task.get(), problem);
            }
        }
    }

    private synchronized @Nullable Consumer<String> next(int mark) {
        var list = works;
        while (list != null && list.size() > mark) {
            var body = list.removeLast().body;
            if (body != null) return body;
        }
        return null;
    }
}
