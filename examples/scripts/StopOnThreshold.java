// Shows a test that stops itself; run it beside users: -f BrowseUser.java,StopOnThreshold.java.
import io.katydid.api.*;
import java.time.Duration;

class StopOnThreshold implements Plugin {
    @Override public void init(Environment environment) {
        if (environment.runner() instanceof WorkerRunner) return;
        environment.every(Duration.ofSeconds(1), () -> {
            if (environment.stats().total().failRatio() > 0.2) environment.runner().quit();
        });
    }
}
