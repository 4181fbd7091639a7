package io.katydid.kernel.event;

import io.katydid.api.EventHook;
import io.katydid.api.Events;
import io.katydid.api.KatydidException;
import io.katydid.api.Listener;
import io.katydid.api.Registration;
import io.katydid.api.event.CpuWarning;
import io.katydid.api.event.HeartbeatReceived;
import io.katydid.api.event.HeartbeatSent;
import io.katydid.api.event.Init;
import io.katydid.api.event.InitCommandLine;
import io.katydid.api.event.Quit;
import io.katydid.api.event.Quitting;
import io.katydid.api.event.ReportToMaster;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.event.ResetStats;
import io.katydid.api.event.Spawning;
import io.katydid.api.event.SpawningComplete;
import io.katydid.api.event.TaskStart;
import io.katydid.api.event.TestStart;
import io.katydid.api.event.TestStop;
import io.katydid.api.event.TestStopping;
import io.katydid.api.event.UsageMonitor;
import io.katydid.api.event.UserError;
import io.katydid.api.event.WorkerConnect;
import io.katydid.api.event.WorkerReport;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the static {@code @Listen} methods of a script listeners, and says what is wrong with those that cannot be. */
public final class ListenMethods {
    private static final Map<Class<?>, Function<Events, EventHook<?>>> HOOKS = hooks();

    private ListenMethods() {}

    /** Checks a method before a run needs it. */
    public static void check(Method method) {
        var place = method.getDeclaringClass().getSimpleName() + "." + method.getName() + "()";
        if (!Modifier.isStatic(method.getModifiers())) {
            throw new KatydidException("@Listen on " + place
                + ": the method is not static. A listener of a script belongs to the script, not to a user: make it static.");
        }
        if (method.getParameterCount() != 1) {
            throw new KatydidException("@Listen on " + place + ": the method has " + method.getParameterCount()
                + " parameters. Give it one: the event it listens to, such as (TestStart event).");
        }
        if (!HOOKS.containsKey(method.getParameterTypes()[0])) {
            throw new KatydidException("@Listen on " + place + ": " + method.getParameterTypes()[0].getName()
                + " is not an event. Take one of io.katydid.api.event, such as TestStart or RequestEvent.");
        }
    }

    /** Tells whether a method listens to this event. */
    public static boolean takes(Method method, Class<?> event) {
        return method.getParameterTypes()[0].equals(event);
    }

    /** Adds a method to the hook of its parameter's type; what it registers when it is called belongs to the owner. */
    public static Registration bind(KernelEvents events, Method method, Owner owner) {
        check(method);
        method.setAccessible(true);
        return hook(events, method.getParameterTypes()[0]).addListener(new Call(method, owner, events.lineage()));
    }

    private static EventHook<?> hook(Events events, Class<?> type) {
        @Nullable
        Function<Events, EventHook<?>> hook = HOOKS.get(type);
        if (hook == null) throw new IllegalStateException(type.getName());
        return hook.apply(events);
    }

    /** Is a listener, named as the script names it. */
    static final class Call implements Listener<Object> {
        private final Method method;
        private final MethodHandle handle;
        private final Owner owner;
        private final ClassLoader loader;
        private final Lineage lineage;

        /** Whose registrations it makes: the owner's. */
        Call(Method method, Owner owner, Lineage lineage) {
            this.method = method;
            this.owner = owner;
            this.lineage = lineage;
            loader = method.getDeclaringClass().getClassLoader();
            handle = handle(method);
        }

        @Override public void on(Object event) throws Exception {
            switch (event) {
                // A user's thread has its owner already.
                case RequestEvent request -> {
                    if (lineage.hears(loader, request.user())) call(event);
                }
                case TaskStart start -> {
                    if (lineage.hears(loader, Optional.of(start.user()))) call(event);
                }
                case UserError error -> {
                    if (lineage.hears(loader, Optional.of(error.user()))) owner.run(() -> call(event));
                }
                default -> {
                    if (!lineage.isOlder(loader)) owner.run(() -> call(event));
                }
            }
        }

        private void call(Object event) throws Exception {
            try {
                handle.invokeExact((Object) event);
            } catch (Exception | Error problem) {
                throw problem;
            } catch (Throwable odd) {
                throw new InvocationTargetException(odd);
            }
        }

        @Override public String toString() { return method.getDeclaringClass().getName() + "." + method.getName() + "()"; }
    }

    private static MethodHandle handle(Method method) {
        try {
            return MethodHandles.lookup().unreflect(method).asType(MethodType.methodType(void.class, Object.class));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<Class<?>, Function<Events, EventHook<?>>> hooks() {
        var hooks = new HashMap<Class<?>, Function<Events, EventHook<?>>>();
        hooks.put(InitCommandLine.class, Events::initCommandLineParser);
        hooks.put(Init.class, Events::init);
        hooks.put(TestStart.class, Events::testStart);
        hooks.put(TestStopping.class, Events::testStopping);
        hooks.put(TestStop.class, Events::testStop);
        hooks.put(Spawning.class, Events::spawning);
        hooks.put(SpawningComplete.class, Events::spawningComplete);
        hooks.put(RequestEvent.class, Events::request);
        hooks.put(TaskStart.class, Events::taskStart);
        hooks.put(UserError.class, Events::userError);
        hooks.put(ResetStats.class, Events::resetStats);
        hooks.put(Quitting.class, Events::quitting);
        hooks.put(Quit.class, Events::quit);
        hooks.put(ReportToMaster.class, Events::reportToMaster);
        hooks.put(WorkerReport.class, Events::workerReport);
        hooks.put(WorkerConnect.class, Events::workerConnect);
        hooks.put(HeartbeatSent.class, Events::heartbeatSent);
        hooks.put(HeartbeatReceived.class, Events::heartbeatReceived);
        hooks.put(CpuWarning.class, Events::cpuWarning);
        hooks.put(UsageMonitor.class, Events::usageMonitor);
        return Map.copyOf(hooks);
    }
}
