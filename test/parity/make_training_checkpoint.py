#!/usr/bin/env python3
"""Saves a training checkpoint as torchvision's references/detection/train.py does, with everything beside the weights.

    /usr/bin/python3 test/parity/make_training_checkpoint.py

Made with torch 1.13. Writes training-multistep.pth (MultiStepLR holds a Counter, the arguments are a Namespace),
training-cosine.pth (with what else scripts put in: a path, a set, a numpy number, random states, a gradient scaler) and
training-multistep-legacy.pth (as versions before 1.6 wrote) into this folder. The weights are those of two layers; the
running average has each of them plus 1.
"""
import argparse
import collections
import pathlib
import random

import numpy
import torch

FOLDER = pathlib.Path(__file__).parent


class Average(torch.nn.Module):
    """As torchvision's ExponentialMovingAverage: the model under `module`, and how often it was updated."""

    def __init__(self, model):
        super().__init__()
        self.module = model
        self.register_buffer("n_averaged", torch.tensor(7))


def make_model(shift):
    model = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 1), torch.nn.BatchNorm2d(2))
    with torch.no_grad():
        for first, parameter in enumerate(model.parameters()):
            numbers = torch.arange(parameter.numel(), dtype=torch.float32) + 10 * first + shift
            parameter.copy_(numbers.reshape(parameter.shape))
    return model


def make_checkpoint(scheduled):
    model = make_model(0)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9, weight_decay=1e-4)
    if scheduled == "multistep":
        scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones=[16, 22], gamma=0.1)
    else:
        scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=9)
    model(torch.ones(1, 1, 2, 2)).sum().backward()
    optimizer.step()
    scheduler.step()
    return {
        "optimizer": optimizer.state_dict(),
        "lr_scheduler": scheduler.state_dict(),
        "args": argparse.Namespace(data_path="coco", lr=0.02, lr_steps=[16, 22], amp=False),
        "epoch": 3,
        "model": make_model(0).state_dict(),
    }


multistep = make_checkpoint("multistep")
torch.save(multistep, FOLDER / "training-multistep.pth")
torch.save(
    multistep, FOLDER / "training-multistep-legacy.pth", _use_new_zipfile_serialization=False
)
torch.save(
    {
        **make_checkpoint("cosine"),
        "model_ema": Average(torch.nn.DataParallel(make_model(1))).state_dict(),
        "scaler": {"scale": 65536.0, "growth_factor": 2.0, "_growth_tracker": 0},
        "best": numpy.float64(0.5),
        "seen": {1, 2},
        "scores": collections.defaultdict(list, {"mAP": [0.25, 0.5]}),
        "path": pathlib.PurePosixPath("runs/1"),
        "device": torch.device("cpu"),
        "dtype": torch.float32,
        "random": (random.Random(1).getstate()[0], numpy.random.RandomState(1).get_state()[1][:3]),
        "rng_state": torch.arange(8, dtype=torch.uint8),
    },
    FOLDER / "training-cosine.pth",
)
