"""The users of the bench, for the reference; what they do is said by the variables of the environment."""
import os
import random

import gevent
from locust import FastHttpUser, HttpUser, constant, constant_pacing, events, task

PATH = os.environ.get("BENCH_PATH", "/")
PERIOD = float(os.environ.get("BENCH_PERIOD", "0"))
TRAITS = os.environ.get("BENCH_TRAITS", "").split(",")
BODY = {"item": "x" * 1012}
seen = 0


@events.request.add_listener
def on_request(response_length, **kwargs):
    global seen
    seen += response_length or 0


@events.test_start.add_listener
def on_start(environment, **kwargs):
    gevent.spawn_later(float(os.environ.get("BENCH_WARM_UP", "0")), environment.stats.reset_all)


class Work:
    wait_time = constant(0) if PERIOD == 0 else constant_pacing(PERIOD)

    def one(self):
        if "JOURNEY" in TRAITS:
            user = self.client.get("/login", name="login").json()["user"]["id"]
            self.client.get(f"/items?user={user}", name="items")
            self.client.post("/order", name="order", json=BODY)
        elif "POST" in TRAITS:
            self.client.post(PATH, name="post", json=BODY, context={"trace_id": 17})
        elif "CLOSE" in TRAITS:
            self.client.get(PATH, name="page", headers={"Connection": "close"}, context={"trace_id": 17})
        else:
            self.client.get(PATH, name="page", context={"trace_id": 17})


class Fast(Work, FastHttpUser):
    insecure = True

    def on_start(self):
        gevent.sleep(random.random() * PERIOD)

    @task
    def one(self):
        Work.one(self)


class Http(Work, HttpUser):
    def on_start(self):
        gevent.sleep(random.random() * PERIOD)
        self.client.verify = False
        self.client.cookies.set("session", "0a1b2c3d4e5f60718293a4b5c6d7e8f9")

    @task
    def one(self):
        Work.one(self)
