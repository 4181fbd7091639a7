// Shows signals: the next task at once, the end of the test.
import io.katydid.api.*;
import io.katydid.http.*;

class PatientUser extends HttpUser {
    @Task void poll() {
        if (!client.get("/ready").ok()) throw new RescheduleTaskImmediately(); // no wait, next task now
        if (client.get("/quota").statusCode() == 429) throw new StopTest("quota used up");
    }
}
