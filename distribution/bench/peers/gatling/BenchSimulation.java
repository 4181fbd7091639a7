import static io.gatling.javaapi.core.CoreDsl.*;
import static io.gatling.javaapi.http.HttpDsl.*;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** Is the same load as that of the other tools: users that go on asking, each with a connection. */
public class BenchSimulation extends Simulation {
    public BenchSimulation() {
        var request = Boolean.getBoolean("bench.post")
            ? http("request").post(System.getProperty("bench.path")).header("Content-Type", "application/json").body(StringBody("{\"item\":\"" + "x".repeat(1012) + "\"}"))
            : http("request").get(System.getProperty("bench.path"));
        var users = scenario("users").exec(during(Duration.ofSeconds(Integer.getInteger("bench.seconds"))).on(exec(request)));
        setUp(users.injectOpen(atOnceUsers(Integer.getInteger("bench.users"))))
            .protocols(http.baseUrl(System.getProperty("bench.url")).shareConnections().disableCaching());
    }
}
