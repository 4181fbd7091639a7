package io.katydid.kernel.event;

import io.katydid.api.Registration;
import io.katydid.api.ThrowingRunnable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Is a script or bundle: what is registered while its code is called belongs to it, and dies with it. */
public final class Owner implements AutoCloseable {
    private static final ScopedValue<Owner> CURRENT = ScopedValue.newInstance();
    private final String name;
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();

    /** Names an owner. */
    public Owner(String name) {
        this.name = name;
    }

    /** Gives the name that errors show. */
    public String name() { return name; }

    /** Calls code of the owner. */
    public void run(ThrowingRunnable code) throws Exception {
        ScopedValue.where(CURRENT, this).call(() -> {
            code.run();
            return true;
        });
    }

    /** Adds the owner to what holds while code is called: one step of the stack for both, which every user keeps. */
    public ScopedValue.Carrier with(ScopedValue.Carrier others) {
        return others.where(CURRENT, this);
    }

    /** Gives the owner whose code is being called; nothing when it is the platform's. */
    public static Optional<Owner> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Makes a registration belong to the owner whose code is being called; to nobody when it is the platform's. */
    public static Registration own(Registration registration) {
        if (!CURRENT.isBound()) return registration;
        var owner = CURRENT.get();
        owner.registrations.add(registration);
        return () -> {
            owner.registrations.remove(registration);
            registration.close();
        };
    }

    @Override public void close() {
        for (var registration : registrations) registration.close();
        registrations.clear();
    }
}
