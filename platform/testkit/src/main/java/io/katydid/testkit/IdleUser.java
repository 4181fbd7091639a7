package io.katydid.testkit;

import io.katydid.api.Task;
import io.katydid.api.User;

/** Does nothing, for environments whose users do not matter. */
final class IdleUser extends User {
    @Task void idle() {
        sleep(3600);
    }
}
