// Shows a route of your own in the console; run it beside users: -f BrowseUser.java,OpsPanel.java.
import io.katydid.api.*;
import module java.base;

class OpsPanel implements Plugin {
    @Override public void init(Environment environment) {
        environment.webUI()
            .ifPresent(ui -> ui.get("/ops/percentiles", _ -> Map.of("p95", environment.stats().total().currentPercentile(0.95))));
    }
}
