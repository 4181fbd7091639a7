package io.katydid.http;

import io.katydid.api.Environment;
import io.katydid.api.Task;
import io.katydid.kernel.EnvironmentBuilder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs a body once inside a real user of a real environment, and gives what was recorded. */
final class OneUser {
    static volatile Body<?> body = _ -> {};
    static volatile Setup setup = _ -> {};
    static volatile CompletableFuture<Void> done = new CompletableFuture<>();

    private OneUser() {}

    @FunctionalInterface
    interface Body<U> { void run(U user) throws Exception; }

    @FunctionalInterface
    interface Setup { void configure(HttpOptions http) throws Exception; }

    static final class Plain extends HttpUser {
        @Override protected void configure(HttpOptions http) throws Exception {
            setup.configure(http);
        }

        @SuppressWarnings("unchecked")
        @Task void once() throws Exception {
            finish(() -> ((Body<Plain>) body).run(this));
            sleep(60);
        }
    }

    static final class Fast extends FastHttpUser {
        @Override protected void configure(HttpOptions http) throws Exception {
            setup.configure(http);
        }

        @SuppressWarnings("unchecked")
        @Task void once() throws Exception {
            finish(() -> ((Body<Fast>) body).run(this));
            sleep(60);
        }
    }

    static void finish(io.katydid.api.ThrowingRunnable run) throws Exception {
        try {
            run.run();
            done.complete(null);
        } catch (Throwable problem) {
            done.completeExceptionally(problem);
        }
    }

    static Environment plain(String host, Body<Plain> what) throws Exception { return plain(host, _ -> {}, what); }

    static Environment plain(String host, Setup options, Body<Plain> what) throws Exception {
        return run(Plain.class, host, options, what, false);
    }

    static Environment fast(String host, Body<Fast> what) throws Exception { return run(Fast.class, host, _ -> {}, what, false); }

    static Environment run(Class<? extends HttpUser> type, String host, Setup options, Body<?> what, boolean fallback) throws Exception {
        return run(type, host, options, what, fallback, _ -> {});
    }

    static synchronized Environment run(Class<? extends HttpUser> type, String host, Setup options, Body<?> what, boolean fallback,
        Consumer<Environment> prepare) throws Exception {
        body = what;
        setup = options;
        done = new CompletableFuture<>();
        var environment = new EnvironmentBuilder().userClasses(List.of(type)).host(host).loops(1).forceFallback(fallback).build();
        var runner = environment.createLocalRunner();
        environment.init();
        prepare.accept(environment);
        runner.start(1, 1);
        try {
            done.get(30, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException failed) {
            if (failed.getCause() instanceof Exception problem) throw problem;
            throw (Error) failed.getCause();
        } finally {
            runner.quit();
            environment.close();
        }
        return environment;
    }
}
