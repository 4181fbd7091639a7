package io.katydid.reactions;

import io.katydid.api.Environment;
import io.katydid.api.Listener;
import io.katydid.api.Registration;
import io.katydid.api.event.RequestEvent;

/** Listens to failed requests. */
final class Failures {
    private Failures() {}

    static Registration of(Environment environment, Listener<? super RequestEvent> reaction) {
        return environment.events().request().addListener(event -> {
            if (event.exception().isPresent()) reaction.on(event);
        });
    }

    /** Leaves out what no user made: a signal would end whoever reported it. */
    static Registration ofUsers(Environment environment, Listener<? super RequestEvent> reaction) {
        return of(environment, event -> {
            if (event.user().isPresent()) reaction.on(event);
        });
    }
}
