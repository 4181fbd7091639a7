// Shows task sets inside task sets, with their own wait time.
import io.katydid.api.*;
import io.katydid.http.*;

@Host("http://127.0.0.1:8089")
class WebsiteUser extends HttpUser {
    @Override protected WaitTime waitTime() { return between(2, 5); }

    @Task
    class TopLevel extends TaskSet {

        @Task
        class Index extends TaskSet {
            @Override protected WaitTime waitTime() { return constant(0.5); }

            @Task(10) void index() {
                client.get("/");
            }

            @Task void leave() {
                interrupt();
            }
        }

        @Task void stats() {
            client.get("/stats/requests");
        }
    }
}
