"""Webhooks of the registry: made, changed, tested and deleted by the client, told and signed as it checks them."""

import base64
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

SECRET = "hush-hush"
told = []


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        told.append((self.path, self.headers, body))
        self.send_response(503 if self.path == "/down" else 200)
        self.end_headers()
        self.wfile.write(b"words of the receiver")

    def log_message(self, *words):
        pass


def signature(headers, body):
    signed = f"{headers['X-MLflow-Delivery-Id']}.{headers['X-MLflow-Timestamp']}.{body}"
    mac = hmac.new(SECRET.encode(), signed.encode(), hashlib.sha256).digest()
    return "v1," + base64.b64encode(mac).decode()


def until(ask):
    deadline = time.time() + 20
    while time.time() < deadline:
        if found := ask():
            return found
        time.sleep(0.1)
    raise AssertionError(told)


receiver = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=receiver.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{receiver.server_port}"
client = MlflowClient()
name = f"webhooks {mlflow.__version__}"

events = [
    "registered_model.created",
    "model_version.created",
    "model_version_tag.set",
    "model_version_tag.deleted",
    "model_version_alias.created",
    "model_version_alias.deleted",
]
hook = client.create_webhook(name="ci", url=f"{url}/hook", events=events, description="words", secret=SECRET)
assert (hook.name, hook.description, hook.status.value) == ("ci", "words", "ACTIVE"), hook
assert [str(event) for event in hook.events] == events
assert hook.secret is None
assert client.get_webhook(hook.webhook_id).url == f"{url}/hook"
assert hook.webhook_id in [each.webhook_id for each in client.list_webhooks()]

# What happens in the registry is told once each, and signed.
client.create_registered_model(name, tags={"team": "flights"}, description="a model")
version = client.create_model_version(name, "s3://bucket/model", tags={"n": "1"})
client.set_model_version_tag(name, version.version, "checked", "yes")
client.delete_model_version_tag(name, version.version, "checked")
client.set_registered_model_alias(name, "champion", version.version)
client.delete_registered_model_alias(name, "champion")
until(lambda: len([1 for path, _, body in told if name in body]) >= 6)
messages = {}
for path, headers, body in told:
    if name not in body:
        continue
    assert headers["X-MLflow-Signature"] == signature(headers, body)
    assert abs(int(headers["X-MLflow-Timestamp"]) - time.time()) < 300
    message = json.loads(body)
    messages[f"{message['entity']}.{message['action']}"] = message["data"]
number = str(version.version)
assert messages == {
    "registered_model.created": {"name": name, "tags": {"team": "flights"}, "description": "a model"},
    "model_version.created": {
        "name": name,
        "version": number,
        "source": "s3://bucket/model",
        "run_id": None,
        "tags": {"n": "1"},
        "description": None,
    },
    "model_version_tag.set": {"name": name, "version": number, "key": "checked", "value": "yes"},
    "model_version_tag.deleted": {"name": name, "version": number, "key": "checked"},
    "model_version_alias.created": {"name": name, "alias": "champion", "version": number},
    "model_version_alias.deleted": {"name": name, "alias": "champion"},
}, messages

# A test says how it went, and nothing of what was answered.
result = client.test_webhook(hook.webhook_id)
assert (result.success, result.response_status, result.response_body) == (True, 200, None), result
result = client.test_webhook(hook.webhook_id, "model_version_tag.set")
assert json.loads(told[-1][2])["entity"] == "model_version_tag"
changed = client.update_webhook(hook.webhook_id, url=f"{url}/down", status="DISABLED", events=events[:1])
assert (changed.name, changed.status.value, [str(e) for e in changed.events]) == ("ci", "DISABLED", events[:1])
result = client.test_webhook(hook.webhook_id)
assert (result.success, result.response_status) == (False, 503), result

before = len(told)
client.create_registered_model(f"{name} unseen")
time.sleep(2.5)
assert len(told) == before, told[before:]
client.delete_webhook(hook.webhook_id)
for ask in (lambda: client.get_webhook(hook.webhook_id), lambda: client.delete_webhook(hook.webhook_id)):
    try:
        ask()
        raise AssertionError("it is gone")
    except MlflowException as error:
        assert error.error_code == "RESOURCE_DOES_NOT_EXIST", error
for wrong in ({"url": "ftp://example.com"}, {"name": "a b"}, {"url": "http://169.254.169.254/latest"}):
    try:
        client.create_webhook(**{"name": "x", "url": url, "events": events, **wrong})
        raise AssertionError(wrong)
    except MlflowException as error:
        assert error.error_code == "INVALID_PARAMETER_VALUE", error
print("ok")
