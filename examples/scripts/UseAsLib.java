// Shows Katydid as a library of your own program.
import io.katydid.api.*;
import io.katydid.api.event.*;
import io.katydid.http.*;
import io.katydid.launcher.*;
import module java.base;

@Host("https://docs.example.com")
class DocsUser extends HttpUser {
    @Task void home() { client.get("/"); }
}

void main() throws InterruptedException {
    try (var environment = Katydid.environment(DocsUser.class).build();
        var runner = environment.createLocalRunner()) {
        environment.init();
        runner.start(1, 10);
        Thread.sleep(Duration.ofSeconds(30));
        runner.quit();
        runner.join();
        System.out.println("p95 = " + environment.stats().total().percentile(0.95));
    }
}
