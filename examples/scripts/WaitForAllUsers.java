// Shows users that wait until everyone is there.
import io.katydid.api.*;
import io.katydid.api.event.*;
import io.katydid.http.*;
import java.util.concurrent.CountDownLatch;

class WebsiteUser extends HttpUser {
    static final CountDownLatch ALL_SPAWNED = new CountDownLatch(1);

    @Listen static void onSpawningComplete(SpawningComplete event) { ALL_SPAWNED.countDown(); }

    @Override protected void onStart() throws InterruptedException { ALL_SPAWNED.await(); }

    @Task void index() { client.get("/"); }
}
