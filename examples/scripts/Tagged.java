// Shows tags: --tags critical --exclude-tags slow runs pay only.
import io.katydid.api.*;
import io.katydid.http.*;

class TaggedUser extends HttpUser {
    @Tag("critical")
    @Task void pay() { client.post("/pay"); }
    @Tag({"critical", "slow"})
    @Task void report() { client.get("/report"); }
    @Task void browse() { client.get("/"); }
}
