"""What is counted and timed, in a registry of our own."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_SHARES = tuple(tenth / 10 for tenth in range(1, 10))


class Instruments:
    """The instruments of a process; with several workers each writes to files that any of them can sum up."""

    def __init__(self) -> None:
        self.registry = own = CollectorRegistry()
        self._stages = Histogram(
            "gongyou_stage_seconds", "Time spent in a stage.", ["stage"], registry=own, buckets=_SECONDS
        )
        self._messages = Counter("gongyou_messages", "Messages answered, by intent.", ["intent"], registry=own)
        self._confidence = Histogram(
            "gongyou_confidence", "How sure the understanding was.", registry=own, buckets=_SHARES
        )
        self._calls = Counter("gongyou_wechat_calls", "Calls of WeChat's API, by errcode.", ["code"], registry=own)
        self._quota_low = Counter("gongyou_quota_low", "Letters that had at most one message left.", registry=own)
        self._connections = Gauge(
            "gongyou_database_connections", "Connections in use.", registry=own, multiprocess_mode="livesum"
        )
        self._models = Gauge(
            "gongyou_model_info", "1 for the model in use.", ["digest"], registry=own, multiprocess_mode="livemax"
        )
        self._model = ""

    def took(self, stage: str, seconds: float) -> None:
        """A stage of some message's way took so long."""
        self._stages.labels(stage).observe(seconds)

    def statement(self, seconds: float) -> None:
        """A statement of the database took so long."""
        self.took("database", seconds)

    def waited(self, seconds: float) -> None:
        """A message waited so long for its turn."""
        self.took("queue", seconds)

    def answered(self, intent: str, confidence: float | None) -> None:
        """A message was answered; `intent` is one of the domain's, or trouble."""
        self._messages.labels(intent).inc()
        if confidence is not None:
            self._confidence.observe(confidence)

    def called(self, code: int | None) -> None:
        """WeChat's API was called; 0 is success, None is no answer."""
        self._calls.labels("none" if code is None else str(code)).inc()

    def quota_is_low(self) -> None:
        """A worker can be sent one more message at most."""
        self._quota_low.inc()

    def connections(self, change: int) -> None:
        """So many connections of the database more are in use."""
        self._connections.inc(change)

    def model(self, digest: str) -> None:
        """Another model answers."""
        if self._model:
            self._models.labels(self._model).set(0)
        self._model = digest
        self._models.labels(digest).set(1)
