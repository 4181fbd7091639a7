package io.katydid.kernel;

import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.WaitTime;

/** Says which loader it comes from; {@link LiveUpdateTest} loads copies of it. */
public class Walker extends User {
    @Override protected WaitTime waitTime() { return constant(0.01); }

    @Task void walk() {
        Feed.seen(getClass().getClassLoader());
    }

    @Override protected void onStop() {
        Feed.stopped();
    }
}
