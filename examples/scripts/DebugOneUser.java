// Shows one user in a debugger.
import io.katydid.api.*;
import io.katydid.http.*;
import io.katydid.launcher.*;
import static io.katydid.launcher.SingleUser.Print.*;

@Host("http://localhost")
class QuickstartUser extends HttpUser {
    @Task void helloWorld() {
        client.get("/hello"); // set a breakpoint here
    }
}

void main() {
    SingleUser.run(QuickstartUser.class, LENGTH, TIME);
}
