#!/usr/bin/env python3
"""Asks PyTorch's SGD and AdamW for the weights that optimisers.test.ts compares ours with.

    /usr/bin/python3 test/parity/make_optimisers.py

Made with PyTorch 1.13.1. Writes optimisers.json into this folder. The loss is sum(c * w * w) / 2, so that the slope,
c * w, changes with the weight; its steepness c spans eight powers of ten.
"""
import json
import pathlib

import torch

FOLDER = pathlib.Path(__file__).parent
START = [2.0, -1.0, 0.5, 3.0]
STEEPNESS = [1.0, 0.001, 0.00001, 1000.0]
STEPS = 5

OPTIMISERS = {
    "sgd": lambda w: torch.optim.SGD(w, lr=0.0005, momentum=0.9, weight_decay=0.05),
    "adamw": lambda w: torch.optim.AdamW(w, lr=0.1, betas=(0.9, 0.999), weight_decay=0.05),
}


def path(make):
    weight = torch.nn.Parameter(torch.tensor(START))
    optimiser = make([weight])
    passed = []
    for _ in range(STEPS):
        optimiser.zero_grad()
        (torch.tensor(STEEPNESS) * weight * weight / 2).sum().backward()
        optimiser.step()
        passed.append([round(value, 7) for value in weight.tolist()])
    return passed


answers = {name: path(make) for name, make in OPTIMISERS.items()}
text = json.dumps({"start": START, "steepness": STEEPNESS, **answers})
(FOLDER / "optimisers.json").write_text(text + "\n")
