"""`POST /v1/embeddings` in OpenAI's form: what is asked, and how vectors are told. Pure."""

import base64
import struct
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from closedmesh.api.bodies import decode
from closedmesh.control import EmbedTexts
from closedmesh.errors import BadRequest
from closedmesh.models.chat import MAX_EMBED_TEXTS, Embeddings


class EmbeddingRequest(Struct, frozen=True):
    """The body."""

    input: str | Annotated[list[Any], Meta(min_length=1, max_length=MAX_EMBED_TEXTS)]
    model: str | None = None
    encoding_format: Literal["float", "base64"] = "float"
    dimensions: Annotated[int, Meta(ge=1)] | None = None


def understand(body: bytes) -> tuple[EmbeddingRequest, EmbedTexts]:
    """The request, and what to do for it. Raises `BadRequest`."""
    request = decode(body, EmbeddingRequest)
    texts = [request.input] if isinstance(request.input, str) else request.input
    for index, text in enumerate(texts):
        if not isinstance(text, str) or not text:
            raise BadRequest(
                "Only texts that are not empty can be turned into vectors.",
                "Send a text, or a list of texts.",
                param=f"input[{index}]",
            )
    return request, EmbedTexts(tuple(texts), request.model)


def tell(request: EmbeddingRequest, made: Embeddings) -> dict[str, Any]:
    """The response's body. Raises `BadRequest` where other lengths were asked for."""
    size = len(made.vectors[0])
    if request.dimensions not in (None, size):
        raise BadRequest(
            f"This model's vectors have {size} dimensions.", "Leave it out.", param="dimensions"
        )
    return {
        "object": "list",
        "model": made.model,
        "data": [
            {"object": "embedding", "index": index, "embedding": _encoded(request, vector)}
            for index, vector in enumerate(made.vectors)
        ],
        "usage": {"prompt_tokens": made.tokens, "total_tokens": made.tokens},
    }


def headers(made: Embeddings) -> dict[str, str]:
    """Where the vectors come from."""
    return {
        "x-closedmesh-served-by": "local",
        "x-closedmesh-peer": made.peer,
        "x-closedmesh-model": made.model_sha256,
    }


def _encoded(request: EmbeddingRequest, vector: Sequence[float]) -> Any:
    """Numbers, or what OpenAI's own client asks for: little-endian float32 in base64."""
    if request.encoding_format == "float":
        return vector
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()
