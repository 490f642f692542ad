"""How large a request will turn out to be: input, proven prompt-cache reads, output, speed.

One `Estimate` per tool and model, since tokenizers differ by model and habits by tool. Nothing here
reads `max_tokens`: the API charges output as it is written.
"""

# ruff: noqa: PLR1730 - min() and max() cost thrice a comparison; every request passes here

from trayapp.model.usage import Usage

TOKENS_PER_BYTE = 0.3  # JSON of English and code; what a tool really has is learned
IMAGE_BYTES = 5400  # an image costs about 1,600 tokens, however many bytes it has
DOCUMENT_SHARE = 25  # a page of a PDF is about 2,000 tokens in some 160 KB of base64
SHORT_DATA = 1000  # bytes; shorter `data` is taken for text
HABIT = 0.05  # weight of one answer in what is learned, once there are enough
PRIOR = 4  # answers that the first guess of the ratio is worth
FIRST_DEVIATION = 0.12
LOWEST_RATIO, HIGHEST_RATIO = 0.05, 20.0  # what one answer may teach at most
FIRST_MEAN, FIRST_DURATION = 400.0, 7.0  # tokens and seconds of an answer, before any was seen
SHORTEST = 0.05  # seconds; a faster answer teaches no speed
PROMPT_CACHE_LIFE = 270.0  # seconds; the prompt cache keeps a prefix for five minutes after its use
MOST_PREFIXES = 256


def text_size(body: bytes) -> int:
    """Bytes of *body* as if it were text alone: base64 payloads count by what they cost."""
    size = len(body)
    if body.find(b"base64") < 0:  # `in` would raise and catch an error first (CPython 3.11)
        return size
    at = body.find(b'"data"')
    while at >= 0:
        start = body.find(b'"', at + 6) + 1
        end = body.find(b'"', start)
        if start == 0 or end < 0:
            break
        length = end - start
        if length >= SHORT_DATA:
            is_image = b"image/" in body[max(0, at - 200) : at] or b"image/" in body[end : end + 80]
            counts = IMAGE_BYTES if is_image else length // DOCUMENT_SHARE
            size -= max(0, length - counts)
            at = body.find(b'"data"', end)
        else:
            at = body.find(b'"data"', start)
    return size


class Prefix:
    """What the prompt cache holds of one prefix, and how far its reads have proved true."""

    __slots__ = ("at", "available", "trust")

    def __init__(self) -> None:
        self.available = 0.0
        self.trust = 0.0
        self.at = 0.0


class Estimate:
    """What one tool's requests to one model turn out to be.

    *ratio* is actual over estimated tokens of the whole prompt, *worst* what it hardly ever
    exceeds (mean and three mean deviations); *mean* tokens and *speed* tokens a second of an answer.
    """

    __slots__ = (
        "_prefixes",
        "answers",
        "deviation",
        "duration",
        "mean",
        "prompts",
        "ratio",
        "speed",
        "worst",
    )

    def __init__(self) -> None:
        self.ratio = 1.0
        self.deviation = FIRST_DEVIATION
        self.worst = self.ratio + 3 * self.deviation
        self.prompts = 0
        self.mean = FIRST_MEAN
        self.duration = FIRST_DURATION
        self.speed = FIRST_MEAN / FIRST_DURATION
        self.answers = 0
        self._prefixes: dict[str, Prefix] = {}

    def recall(self, ratio: float, deviation: float, mean: float, duration: float) -> None:
        """Begin with what was learned another day; the first new answers weigh as ever."""
        self.ratio, self.deviation = ratio, deviation
        self.worst = ratio + 3 * deviation
        self.mean, self.duration = mean, max(duration, SHORTEST)
        self.speed = self.mean / self.duration

    def fresh(self, whole: float, prefix: str, now: float) -> float:
        """Of *whole* estimated tokens, those not expected to be read from the prompt cache."""
        known = self._prefixes.get(prefix)
        if known is None or not known.trust or now - known.at > PROMPT_CACHE_LIFE:
            return whole
        return max(0.0, whole - known.available * known.trust / self.ratio)

    def learn_prompt(self, whole: float, usage: Usage, prefix: str, now: float) -> None:
        """Learn from what a prompt estimated at *whole* tokens really had."""
        created = usage.cache_creation_input_tokens or 0
        read = usage.cache_read_input_tokens or 0
        actual = (usage.input_tokens or 0) + created + read
        if whole > 0 and actual > 0:
            sample = actual / whole
            if not LOWEST_RATIO < sample < HIGHEST_RATIO:
                sample = LOWEST_RATIO if sample < 1.0 else HIGHEST_RATIO
            weight = 1.0 / (self.prompts + PRIOR)
            if weight < HABIT:
                weight = HABIT
            wrong = sample - self.ratio
            self.deviation += weight * (abs(wrong) - self.deviation)
            self.ratio += weight * wrong
            self.worst = self.ratio + 3.0 * self.deviation
            self.prompts += 1
        if created or read or prefix in self._prefixes:
            self._learn_prefix(prefix, created, read, now)

    def _learn_prefix(self, prefix: str, created: int, read: int, now: float) -> None:
        known = self._prefixes.pop(prefix, None)
        if known is None:
            known = Prefix()
            if len(self._prefixes) >= MOST_PREFIXES:
                del self._prefixes[next(iter(self._prefixes))]
        elif known.available and now - known.at <= PROMPT_CACHE_LIFE:
            share = min(1.0, read / known.available)
            known.trust = min(share, known.trust + 0.5 * max(0.0, share - known.trust))
        known.available = float(created + read)
        known.at = now
        self._prefixes[prefix] = known

    def learn_answer(self, tokens: float, duration: float) -> None:
        """Learn from a whole answer of *tokens* that took *duration* seconds, first token included."""
        self.answers += 1
        weight = 1.0 / self.answers
        if weight < HABIT:
            weight = HABIT
        if duration < SHORTEST:
            duration = SHORTEST
        self.mean += weight * (tokens - self.mean)
        self.duration += weight * (duration - self.duration)
        self.speed = self.mean / self.duration


UNKNOWN = Estimate()
"""What a ticket refers to until it is offered; nobody learns in it."""
