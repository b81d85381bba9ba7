"""Write a BERT token classifier as an ONNX graph, with weights of 32 or of 8 bits.

The network is that of Devlin et al. (2019), as BertForTokenClassification of transformers computes it. The inputs are
input_ids and attention_mask (int64, batch x length), the output is logits (float32, batch x length x labels).

With 8 bits, each row of a weight matrix and of the word embeddings has a scale of its own, and so has each token of
the input of a matrix product. So the answer for a sentence does not depend on the other sentences of its batch, as it
would with onnxruntime's own dynamic quantisation, which has one scale for the whole batch. Softmax, layer
normalisation and the classifier stay in 32 bits. The weights of matrix products have only 7 bits: on processors without
AVX512-VNNI or AVX-VNNI, onnxruntime adds two products at a time in 16 bits, where those of 8 bits may be cut off. So
all processors compute the same integers.

The weights are in a file next to the graph, which onnxruntime maps into memory. So starting is fast, and only one
tensor at a time is in memory here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from annotator.suggest.model_folders import weights_path

Read = Callable[[str], NDArray[np.float32]]
"""Returns the tensor that has this name in BertForTokenClassification; raises KeyError if there is none."""

OPSET = 20
"""The version of ONNX: the first with Gelu. onnxruntime reads it from 1.17 on."""
_IR_VERSION = 9
_CONTRIB = "com.microsoft"
_ALIGNMENT = 4096
"""A memory page in bytes, as ONNX recommends for files that are mapped."""
_SMALL = 1024
"""Tensors of fewer bytes are in the graph itself: onnxruntime needs shapes and axes there."""
_ROWS = 1024
"""How many rows are quantised at a time: a temporary copy of all word embeddings would need 400 MB."""
_ZERO_POINT = 128
_LARGEST_ROW, _LARGEST_WEIGHT = 127, 64
"""The largest integers in the word embeddings and in other matrices; twice 255 times the latter is below 2 ** 15."""
_NEAR_ZERO = 1e-12
_MASKED = np.finfo(np.float32).min


def write_bert(path: Path, config: Mapping[str, Any], read: Read, *, int8: bool) -> None:
    """Write the graph for a config.json of transformers to path, and the weights next to it.

    Raises ValueError if the network is another one, or if a tensor has another shape than the configuration says;
    KeyError if the configuration or the weights lack something; OSError.
    """
    if config["hidden_act"] != "gelu" or config.get("position_embedding_type", "absolute") != "absolute":
        raise ValueError("the network is not BERT with GELU and absolute positions")
    with weights_path(path).open("wb") as data:
        model = _BertGraph(data, weights_path(path).name, config, read, int8=int8).build()
    path.write_bytes(model.SerializeToString())


class _Graph:
    """Nodes and tensors; each method adds some, and returns the name of its result."""

    def __init__(self, data: IO[bytes], location: str) -> None:
        self._data, self._location = data, location
        self._constants: dict[bytes, str] = {}
        self.nodes: list[onnx.NodeProto] = []
        self.tensors: list[TensorProto] = []

    def nodes_of(self, op: str, inputs: tuple[str, ...], count: int, domain: str = "", **attributes: Any) -> list[str]:
        """Add an operator with several results."""
        names = [f"{op}_{len(self.nodes)}_{i}" for i in range(count)]
        self.nodes.append(helper.make_node(op, inputs, names, name=names[0], domain=domain, **attributes))
        return names

    def node(self, op: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Add an operator with one result."""
        return self.nodes_of(op, inputs, 1, domain, **attributes)[0]

    def tensor(self, name: str, array: NDArray[Any]) -> str:
        """Add a tensor."""
        array = np.ascontiguousarray(array)
        kind = helper.np_dtype_to_tensor_dtype(array.dtype)
        if array.nbytes < _SMALL:
            tensor = TensorProto(name=name, data_type=kind, dims=array.shape, raw_data=array.tobytes())
        else:
            tensor = TensorProto(name=name, data_type=kind, dims=array.shape, data_location=TensorProto.EXTERNAL)
            self._data.write(bytes(-self._data.tell() % _ALIGNMENT))
            place = {"location": self._location, "offset": self._data.tell(), "length": array.nbytes}
            for key, value in place.items():
                tensor.external_data.add(key=key, value=str(value))
            self._data.write(array.data)
        self.tensors.append(tensor)
        return name

    def constant(self, value: object, dtype: type[np.generic]) -> str:
        """Add a number or a list of numbers, once for all its uses."""
        array = np.array(value, dtype)
        key = array.tobytes() + repr((array.shape, array.dtype)).encode()
        if key not in self._constants:
            self._constants[key] = self.tensor(f"constant_{len(self._constants)}", array)
        return self._constants[key]

    def integers(self, *values: int) -> str:
        """Add a list of 64-bit integers: axes or a shape."""
        return self.constant(values, np.int64)

    def number(self, value: float) -> str:
        """Add a 32-bit float."""
        return self.constant(value, np.float32)


class _BertGraph(_Graph):
    """The layers of BERT. Hidden states have the shape (batch * length) x hidden size."""

    def __init__(self, data: IO[bytes], location: str, config: Mapping[str, Any], read: Read, *, int8: bool) -> None:
        super().__init__(data, location)
        self._read_any, self._int8, self._config = read, int8, config
        self._hidden, self._heads = int(config["hidden_size"]), int(config["num_attention_heads"])
        self._head = self._hidden // self._heads

    def build(self) -> onnx.ModelProto:
        """Add everything and return the model."""
        labels = len(self._config["id2label"])
        size = self.node("Shape", "input_ids")
        mask = self._mask()
        states = self._embeddings(size)
        heads = self.node("Concat", size, self.integers(3, self._heads, self._head), axis=0)
        for number in range(self._config["num_hidden_layers"]):
            states = self._layer(f"bert.encoder.layer.{number}", states, mask, heads)
        logits = self._linear32("classifier", states, *self._dense("classifier", labels, self._hidden))
        shape = self.node("Concat", size, self.integers(labels), axis=0)
        self.nodes.append(helper.make_node("Reshape", [logits, shape], ["logits"]))
        numbers = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
            for name in ("input_ids", "attention_mask")
        ]
        out = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", "length", labels])
        graph = helper.make_graph(self.nodes, "bert", numbers, [out], self.tensors)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(_CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION)

    def _read(self, name: str, *shape: int) -> NDArray[np.float32]:
        array = self._read_any(name)
        if array.shape != shape:
            raise ValueError(f"{name} has the shape {array.shape} and not {shape}")
        return array

    def _dense(self, name: str, rows: int, columns: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        return self._read(f"{name}.weight", rows, columns), self._read(f"{name}.bias", rows)

    def _mask(self) -> str:
        """Return what is added to the attention scores: 0 for a token, and the least number for padding."""
        mask = self.node("Unsqueeze", "attention_mask", self.integers(1, 2))
        is_padding = self.node("Sub", self.number(1), self.node("Cast", mask, to=TensorProto.FLOAT))
        return self.node("Mul", is_padding, self.number(float(_MASKED)))

    def _embeddings(self, size: str) -> str:
        name, config = "bert.embeddings", self._config
        words = self._read(f"{name}.word_embeddings.weight", config["vocab_size"], self._hidden)
        if self._int8:
            rows, scales = _quantise(words, _LARGEST_ROW)
            states = self.node("Gather", self.tensor(f"{name}.words", rows), "input_ids")
            scale = self.node("Gather", self.tensor(f"{name}.words.scale", scales[:, None]), "input_ids")
            states = self.node("Mul", self.node("Cast", states, to=TensorProto.FLOAT), scale)
        else:
            states = self.node("Gather", self.tensor(f"{name}.words", words), "input_ids")
        types = self._read(f"{name}.token_type_embeddings.weight", config["type_vocab_size"], self._hidden)
        # All tokens are of the first sentence.
        states = self.node("Add", states, self.tensor(f"{name}.type", types[0]))
        places = self._read(f"{name}.position_embeddings.weight", config["max_position_embeddings"], self._hidden)
        length = self.node("Gather", size, self.integers(1))
        places_used = self.node("Slice", self.tensor(f"{name}.positions", places), self.integers(0), length)
        states = self._norm(f"{name}.LayerNorm", self.node("Add", states, places_used))
        return self.node("Reshape", states, self.integers(-1, self._hidden))

    def _layer(self, name: str, states: str, mask: str, heads: str) -> str:
        inner = self._config["intermediate_size"]
        context = self._attention(f"{name}.attention.self", states, mask, heads)
        added = self._linear(f"{name}.attention.output.dense", context, self._hidden, self._hidden)
        states = self._norm(f"{name}.attention.output.LayerNorm", self.node("Add", added, states))
        wide = self.node("Gelu", self._linear(f"{name}.intermediate.dense", states, inner, self._hidden))
        added = self._linear(f"{name}.output.dense", wide, self._hidden, inner)
        return self._norm(f"{name}.output.LayerNorm", self.node("Add", added, states))

    def _attention(self, name: str, states: str, mask: str, heads: str) -> str:
        """Add attention; query, key and value are one matrix product."""
        parts = [self._dense(f"{name}.{part}", self._hidden, self._hidden) for part in ("query", "key", "value")]
        weight, bias = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        joined = self.node("Reshape", self._product(f"{name}.joined", states, weight, bias), heads)
        # From batch, length, part, head, place to part, batch, head, length, place.
        joined = self.node("Transpose", joined, perm=[2, 0, 3, 1, 4])
        split = self.nodes_of("Split", (joined,), 3, axis=0, num_outputs=3)
        query, key, value = (self.node("Squeeze", part, self.integers(0)) for part in split)
        scores = self.node("MatMul", query, self.node("Transpose", key, perm=[0, 1, 3, 2]))
        scores = self.node("Mul", scores, self.number(1 / math.sqrt(self._head)))
        shares = self.node("Softmax", self.node("Add", scores, mask), axis=-1)
        context = self.node("Transpose", self.node("MatMul", shares, value), perm=[0, 2, 1, 3])
        return self.node("Reshape", context, self.integers(-1, self._hidden))

    def _norm(self, name: str, states: str) -> str:
        weight, bias = (self.tensor(f"{name}.{part}", self._read(f"{name}.{part}", self._hidden)) for part in _NORM)
        return self.node(
            "LayerNormalization", states, weight, bias, axis=-1, epsilon=float(self._config["layer_norm_eps"])
        )

    def _linear(self, name: str, states: str, rows: int, columns: int) -> str:
        return self._product(name, states, *self._dense(name, rows, columns))

    def _product(self, name: str, states: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        return (self._linear8 if self._int8 else self._linear32)(name, states, weight, bias)

    def _linear32(self, name: str, states: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        return self.node(
            "Gemm", states, self.tensor(f"{name}.weight", weight), self.tensor(f"{name}.bias", bias), transB=1
        )

    def _linear8(self, name: str, states: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        rows, scales = _quantise(weight, _LARGEST_WEIGHT)
        largest = self.node("ReduceMax", self.node("Abs", states), self.integers(1), keepdims=0)
        scale = self.node("Mul", largest, self.number(1 / 127))
        scale = self.node("Max", scale, self.number(_NEAR_ZERO))
        zero_point = self.constant(_ZERO_POINT, np.uint8)
        zero_points = self.node("Expand", zero_point, self.node("Shape", scale))
        quantised = self.node("QuantizeLinear", states, scale, zero_points, axis=0)
        product = self.node(
            "MatMulIntegerToFloat",
            quantised,
            self.tensor(f"{name}.weight", rows.T),
            self.number(1),
            self.tensor(f"{name}.scale", scales),
            zero_point,
            domain=_CONTRIB,
        )
        product = self.node("Mul", product, self.node("Unsqueeze", scale, self.integers(1)))
        return self.node("Add", product, self.tensor(f"{name}.bias", bias))


_NORM = ("weight", "bias")


def _quantise(weight: NDArray[np.float32], largest: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return a matrix as integers from -largest to largest, and by how much to multiply each row to have it back."""
    scales = np.maximum(np.maximum(weight.max(axis=1), -weight.min(axis=1)), _NEAR_ZERO).astype(np.float32)
    scales /= np.float32(largest)
    rows = np.empty(weight.shape, np.int8)
    for start in range(0, len(weight), _ROWS):
        part = slice(start, start + _ROWS)
        rows[part] = np.rint(weight[part] / scales[part, None])
    return rows, scales
