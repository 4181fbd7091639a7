// Shows load tests as tests of JUnit; dependencies: katydid-junit and JUnit 6. Run it with -Dkatydid.host=http://…
import io.katydid.api.*;
import io.katydid.http.*;
import io.katydid.junit.*;
import static org.junit.jupiter.api.Assertions.assertTrue;
import org.junit.jupiter.api.Test;

class CheckoutLoadTests {

    static class BrowseUser extends HttpUser {
        @Task void list() { client.get("/api/products"); }
    }

    @LoadTest(value = BrowseUser.class, users = 20, spawnRate = 5, runTime = "30s")
    void p95StaysUnder200Ms(LoadTestResult result) {
        assertTrue(result.stats().total().percentile(0.95) < 200);
        assertTrue(result.stats().total().failRatio() == 0);
    }

    @Test
    void theSessionIsAPlainParameter(HttpSession session) {
        session.get("/api/products").raiseForStatus();
    }
}
