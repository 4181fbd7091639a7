// Shows tasks that are known at run time.
import io.katydid.api.*;
import io.katydid.http.*;

class ForumUser extends HttpUser {

    class ThreadPage extends TaskSet {
        @Task void read() { client.get("/thread/1"); }
        @Task void leave() { interrupt(); }
    }

    void writePost() {
        client.post("/post");
    }

    @Override protected TaskList tasks() {
        return TaskList.empty().and(ThreadPage.class, 15).and(this::writePost, 1);
    }
}
