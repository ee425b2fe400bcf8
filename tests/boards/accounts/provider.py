"""An OpenID provider on this machine: a real HTTP server that signs real tokens, and can be told to lie."""

import base64
import json
import threading
import time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, TENANT = "cseplan-client", "cseplan-secret", "11111111-2222-3333-4444-555555555555"


class Provider:
    """`grant` makes a code; whoever brings it to the token endpoint, with the secret and the verifier, gets a token."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes = {}
        self.asked = []
        self.calls_itself = None
        self.subject = "whoever-is-at-the-browser"
        handler = type("Handler", (_Handler,), {"provider": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.issuer = f"http://localhost:{self.server.server_port}/{TENANT}/v2.0"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def switch_on(self, settings):
        """As the settings of the product do it when a provider is named."""
        app = {
            "provider_id": "work",
            "name": "your council account",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": self.issuer, "issuer": self.issuer},
        }
        product = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**product, "APPS": [app]}}

    def grant(self, challenge, **claims):
        """A code for a token with these claims; a claim that is None is left out. `key` and `algorithm` sign it."""
        code = f"code-{len(self.codes)}"
        self.codes[code] = (challenge, claims)
        return code

    def token(self, key=None, algorithm="RS256", kid="one", **claims):
        now = int(time.time())
        told = {"iss": self.issuer, "aud": CLIENT, "tid": TENANT, "iat": now, "exp": now + 300, **claims}
        told = {name: value for name, value in told.items() if value is not None}
        return jwt.encode(told, key or self.key, algorithm=algorithm, headers={"kid": kid})

    def published(self):
        return {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key())), "kid": "one", "use": "sig"}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self):
        issuer = self.provider.issuer
        if self.path.endswith("/.well-known/openid-configuration"):
            self._say({
                "issuer": self.provider.calls_itself or issuer,
                "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token",
                "jwks_uri": f"{issuer}/keys",
                "userinfo_endpoint": f"{issuer}/userinfo",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            })  # fmt: skip
        elif "/authorize?" in self.path:
            asked = dict(parse_qsl(self.path.partition("?")[2]))
            code = self.provider.grant(asked["code_challenge"], sub=self.provider.subject, nonce=asked["nonce"])
            self.send_response(302)
            self.send_header(
                "Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            )
            self.end_headers()
        elif self.path.endswith("/keys"):
            self._say({"keys": [self.provider.published()]})
        else:
            self._say({"error": "not asked for"}, 404)

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        asked = {name: values[0] for name, values in sent.items()}
        self.provider.asked.append(asked)
        challenge, claims = self.provider.codes.pop(asked.get("code", ""), (None, None))
        verifier = sha256(asked.get("code_verifier", "").encode()).digest()
        if (
            asked.get("client_secret") != SECRET
            or challenge != base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        ):  # fmt: skip
            self._say({"error": "invalid_grant"}, 400)
        else:
            self._say({"access_token": "unused", "token_type": "Bearer", "id_token": self.provider.token(**claims)})

    def _say(self, told, status=200):
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Nothing on the screen of the tests."""
