"""The OpenAI-compatible server of tests/fakes as a process of its own."""

import subprocess
import sys
from pathlib import Path

import requests

KEY = "sk-fake-0123456789abcdef"
MODEL = "gpt-test"


class OpenAiFake:
    def __init__(self):
        script = Path(__file__).resolve().parent.parent / "fakes" / "openai_server.py"
        self.process = subprocess.Popen([sys.executable, str(script), "--key", KEY, "--model", MODEL],
                                        stdout=subprocess.PIPE, encoding="utf-8")
        self.url = self.process.stdout.readline().strip()
        self.control = self.url.removesuffix("/v1") + "/control"

    def set(self, **state):
        """Begins anew, with these."""
        requests.put(self.control, json=state, timeout=10).raise_for_status()

    def asked(self):
        return requests.get(self.control, timeout=10).json()["requests"]

    def settings(self, **more):
        return {"LANGUAGE_MODEL": "openai", "LANGUAGE_MODEL_NAME": MODEL, "LANGUAGE_BASE_URL": self.url,
                "LANGUAGE_API_KEY": KEY, **more}

    def transcriber(self, **more):
        return {"TRANSCRIBER": "openai", "TRANSCRIBER_MODEL": MODEL, "TRANSCRIBER_BASE_URL": self.url,
                "TRANSCRIBER_API_KEY": KEY, **more}

    def write_prices(self, file):
        """A dollar for a million tokens in, ten for as many out; six cents for a minute."""
        host = self.url.split("/")[2]
        file.write_text(f'{{"as_of": "2027-01-01", "prices": [{{"host": "{host}", "model": "{MODEL}", '
                        '"million_tokens_in": 1, "million_tokens_out": 10, "minute": 0.06}]}')
        return file

    def close(self):
        self.process.kill()
        self.process.wait()
