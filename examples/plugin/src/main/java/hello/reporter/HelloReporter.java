package hello.reporter;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.Plugin;

/** Prints one line when a test stops. */
@Extension
public final class HelloReporter implements Plugin {
    @Override public void init(Environment environment) {
        environment.events().testStop().addListener(
            stop -> IO.println(environment.stats().total().numRequests() + " requests"));
    }
}
