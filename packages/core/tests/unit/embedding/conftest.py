"""A model so small that it is made in the test: 384 dimensions, 50 words."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "robot", "drift", "wheel", "point"]


def write_tiny_model(folder: Path, dimensions: int = 384, seed: int = 1) -> Path:
    """Write model.onnx and tokenizer.json into `folder`, and give it back."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    table = random.normal(size=(len(WORDS), dimensions)).astype(np.float32)
    mixing = np.eye(dimensions, dtype=np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["table", "input_ids"], ["words"]),
            helper.make_node("MatMul", ["words", "mixing"], ["last_hidden_state"]),
        ],
        "tiny",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"])],
        [
            helper.make_tensor_value_info(
                "last_hidden_state", TensorProto.FLOAT, ["batch", "length", dimensions]
            )
        ],
        [numpy_helper.from_array(table, "table"), numpy_helper.from_array(mixing, "mixing")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, folder / "model.onnx")
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture
def tiny_model(tmp_path: Path) -> Path:
    """A folder with the two files of a model."""
    return write_tiny_model(tmp_path / "source")


@pytest.fixture
def make_tiny_model() -> Callable[..., Path]:
    """Makes a model of other dimensions, or with other weights."""
    return write_tiny_model
