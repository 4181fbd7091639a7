package io.katydid.http;

import io.katydid.api.Task;
import io.katydid.api.User;

class FastHttpUserContractTest extends HttpContract {

    static final class Calls extends FastHttpUser implements HttpContract.Pages {
        @Override public void get(String path, String name) { client.get(path, name(name)); }

        @Task void task() throws Exception { play(); }
    }

    @Override protected Class<? extends User> userClass() { return Calls.class; }
}
