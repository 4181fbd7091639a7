// Shows a pace of all users together: 20 tasks a second, however many users there are. Without a script: --ips 20.
import static io.katydid.limits.TotalPacing.*;
import io.katydid.api.*;
import io.katydid.http.*;

class Reader extends HttpUser {
    @Override protected WaitTime waitTime() { return constantTotalIps(this, 20); }

    @Task void read() { client.get("/api/products"); }
}
