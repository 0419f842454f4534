#!/usr/bin/env python3
"""Saves a small state dict with PyTorch, as the test beside this file reads it back without PyTorch.

    /usr/bin/python3 test/parity/make_checkpoint.py

Made with torch 1.13. Writes checkpoint.pth (a zip archive), checkpoint-legacy.pth (what versions before 1.6
wrote) and checkpoint.json (shapes and numbers by name) into this folder. Every number is exact in 32 bits.
"""
import collections
import json
import pathlib

import torch

FOLDER = pathlib.Path(__file__).parent


def eighths(*shape, dtype=torch.float32):
    """Whole eighths from -4 to 4, which every kind of float here holds exactly."""
    return (torch.randint(-32, 33, shape) / 8).to(dtype)


def make_tensors():
    shared = eighths(8)
    tensors = {
        "conv.weight": eighths(2, 3, 1, 2),
        "conv.bias": torch.nn.Parameter(eighths(2)),
        "norm.num_batches_tracked": torch.tensor(70_000),
        "transposed": eighths(2, 3).t(),
        "channelsLast": eighths(2, 3, 2, 2).to(memory_format=torch.channels_last),
        "everySecondColumn": eighths(3, 4)[:, 1::2],
        "shared.first": shared[:4],
        "shared.second": shared[2:].view(3, 2),
        "empty": torch.zeros(0, 4),
        "__proto__": eighths(1),
        "integers.bool": torch.tensor([True, False, True]),
    }
    for dtype in (torch.float64, torch.float16, torch.bfloat16):
        tensors[f"floats.{name_of(dtype)}"] = eighths(3, dtype=dtype)
    for dtype in (torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8):
        low = 0 if dtype == torch.uint8 else -100
        tensors[f"integers.{name_of(dtype)}"] = torch.randint(low, 100, (3,), dtype=dtype)
    return tensors


def name_of(dtype):
    return str(dtype).removeprefix("torch.")


def make_state_dict(tensors):
    """With the attribute that Module.state_dict() gives it."""
    state_dict = collections.OrderedDict(tensors)
    state_dict._metadata = collections.OrderedDict({"": {"version": 1}, "norm": {"version": 2}})
    return state_dict


def plain(tensor):
    numbers = tensor.detach().to(torch.float64).contiguous().flatten().tolist()
    return {"shape": list(tensor.shape), "numbers": numbers}


torch.manual_seed(20)
tensors = make_tensors()
torch.save(make_state_dict(tensors), FOLDER / "checkpoint.pth")
torch.save(
    make_state_dict(tensors),
    FOLDER / "checkpoint-legacy.pth",
    _use_new_zipfile_serialization=False,
)
# A list of pairs: in JavaScript, a key named __proto__ would not survive as an object's.
answers = [[name, plain(tensor)] for name, tensor in tensors.items()]
(FOLDER / "checkpoint.json").write_text(json.dumps(answers, separators=(",", ":")) + "\n")
