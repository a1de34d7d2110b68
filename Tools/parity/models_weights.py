"""Seeded random parameters, and safetensors files that come out the same every time."""

import json
import math
import struct

import numpy
import torch

SAFETENSORS_TYPES = {torch.float32: "F32", torch.int64: "I64"}


def fill(module: torch.nn.Module, seed: int, gain: float) -> None:
    """Gives every parameter of `module` a seeded random value.

    Weights are normal with deviation `gain / sqrt(inputs)`, biases normal with a tenth of `gain`. Nothing is left
    at the zeros and ones of the usual initialisation, so that a parameter that is read from the wrong place, or
    not at all, always changes the output.
    """
    random = numpy.random.default_rng(seed)
    with torch.no_grad():
        for layer in module.modules():
            for name, parameter in layer.named_parameters(recurse=False):
                noise = torch.from_numpy(random.standard_normal(tuple(parameter.shape), dtype=numpy.float32))
                parameter.copy_(scaled(noise, layer, name, gain))


def scaled(noise: torch.Tensor, layer: torch.nn.Module, name: str, gain: float) -> torch.Tensor:
    """Turns standard normal `noise` into values that suit the parameter `name` of `layer`."""
    is_norm = isinstance(layer, (torch.nn.GroupNorm, torch.nn.LayerNorm))
    if name == "bias":
        return noise * ((0.2 if is_norm else 0.1) * gain)
    if is_norm:
        return noise.mul_(0.2 * gain).add_(1)
    if isinstance(layer, torch.nn.Embedding):
        return noise * (0.5 * gain)
    return noise.mul_(gain / math.sqrt(noise[0].numel()))


def normal(seed: int, *shape: int) -> torch.Tensor:
    """A standard normal f32 tensor that depends on `seed` and `shape` alone."""
    return torch.from_numpy(numpy.random.default_rng(seed).standard_normal(shape, dtype=numpy.float32))


def save(tensors: dict[str, torch.Tensor], path, metadata: dict[str, str]) -> None:
    """Writes `tensors` as a safetensors file.

    The safetensors package writes the metadata in a new order each time; a committed file must not change when it
    is made again, so the header is written here. Source: https://github.com/huggingface/safetensors#format
    """
    header, offset = {"__metadata__": dict(sorted(metadata.items()))}, 0
    for name in sorted(tensors):
        tensor = tensors[name]
        end = offset + tensor.numel() * tensor.element_size()
        header[name] = {
            "dtype": SAFETENSORS_TYPES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, end],
        }
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for name in sorted(tensors):
            file.write(tensors[name].detach().contiguous().numpy().tobytes())


def recording(module: torch.nn.Module, names: list[str], into: dict[str, torch.Tensor]) -> list:
    """Keeps what the submodules called `names` return in `into` as `inner.<name>`; returns the hooks to remove."""

    def keep(name):
        def hook(_module, _inputs, output):
            first = output[0] if isinstance(output, tuple) else output
            into[f"inner.{name}"] = first.detach().clone()

        return hook

    return [module.get_submodule(name).register_forward_hook(keep(name)) for name in names]
