#!/usr/bin/env python3
"""Asks torchvision's SSD300 and SSDLite320 for the answers that models.test.ts compares ours with.

    OMP_NUM_THREADS=2 /usr/bin/python3 test/parity/make_models.py

Made with torchvision 0.14.1. Writes ssd300.json and ssdlite320.json into this folder.

Weights would be 100 MB, so they are no file: both sides make them from the same formula, a hash of the
tensor's name and the element's number. Tensors of answers are too large as well; of each a *print* is kept:
its length (norm) and its shadows on four directions of +1 and -1, the last four bits of a hash. If two tensors differ by d, their
shadows differ by about |d|.
"""
import json
import math
import pathlib

import numpy as np
import torch
from torchvision.models.detection import ssd300_vgg16, ssdlite320_mobilenet_v3_large

FOLDER = pathlib.Path(__file__).parent
CLASSES = 21
SHADOWS = 4
# Which made-up weights. Among millions of activations a few stand so near a corner of relu or hard-swish that rounding
# decides on which side they fall, and the gradient then jumps: changing all weights by a ten-millionth of themselves
# moves torchvision's own gradients by up to .03 with most salts. With these no such activation is met.
SALT = {"ssd300": 5, "ssdlite320": 51}
# What the heads' last layers are multiplied by, so that logits and offsets are of ordinary size.
HEAD_GAIN = {"ssd300": 0.02, "ssdlite320": 0.2}


def name_hash(name):
    """FNV-1a, 32 bits."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def hashes(name, count):
    """count whole numbers of 32 bits: murmur3's finaliser of the element's number, keyed by the name."""
    h = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B1) + np.uint32(name_hash(name))
    h ^= h >> np.uint32(16)
    h *= np.uint32(0x85EBCA6B)
    h ^= h >> np.uint32(13)
    h *= np.uint32(0xC2B2AE35)
    return h ^ (h >> np.uint32(16))


def uniform(name, count):
    """count numbers in -1..1."""
    return hashes(name, count).astype(np.float64) / 2**31 - 1


def made_up(name, shape, salt, head_gain):
    """A tensor of a state dict, by what it is."""
    u = uniform(f"{salt} {name}", int(np.prod(shape))).reshape(shape)
    if name.endswith("running_var"):
        return 1 + 0.3 * u
    if name.endswith("scale_weight"):
        return 20 + 2 * u
    if len(shape) == 4:
        answers = name.startswith("head.") and shape[1] > 1
        return u * math.sqrt(6 / np.prod(shape[1:])) * (head_gain if answers else 1)  # variance 2 / inputs
    if name.endswith("weight"):
        return 1 + 0.2 * u
    return 0.1 * u


def fingerprint(name, tensor):
    flat = tensor.detach().double().numpy().ravel()
    bits = hashes(f"{name}#", flat.size)
    signs = [1 - 2 * ((bits >> np.uint32(i)) & np.uint32(1)).astype(np.float64) for i in range(SHADOWS)]
    shadows = [np.sum(flat * sign) for sign in signs]
    return {"norm": rounded(np.linalg.norm(flat)), "shadows": [rounded(s) for s in shadows]}


def rounded(value):
    return float(f"{float(value):.8g}")


def picture(index, size):
    """[3, S, S] in 0..1: waves of other lengths along x and y, and noise, so that no two places are alike."""
    y, x = np.meshgrid(np.arange(size) / size, np.arange(size) / size, indexing="ij")
    planes = [
        0.5
        + 0.3 * np.sin((3 + index) * math.pi * x + c) * np.cos((2 + c) * math.pi * y)
        + 0.2 * uniform(f"picture {index} {c}", size * size).reshape(size, size)
        for c in range(3)
    ]
    return torch.from_numpy(np.stack(planes).astype(np.float32))


TARGETS = [
    {"boxes": [[30, 40, 150, 200], [100, 100, 250, 280], [10, 10, 26, 30]], "labels": [1, 5, 20]},
    {"boxes": [[60, 20, 290, 160]], "labels": [7]},
]


def targets():
    return [{"boxes": torch.tensor(t["boxes"], dtype=torch.float32), "labels": torch.tensor(t["labels"])} for t in TARGETS]


def answers_of(name, build, size):
    torch.manual_seed(0)
    model = build(weights=None, weights_backbone=None, num_classes=CLASSES)
    state = model.state_dict()
    for key, value in state.items():
        if value.dtype.is_floating_point:
            state[key] = torch.from_numpy(made_up(key, tuple(value.shape), SALT[name], HEAD_GAIN[name]).astype(np.float32))
    model.load_state_dict(state)
    images = [picture(i, size) for i in range(2)]
    answers = {"classes": CLASSES, "size": size, "targets": TARGETS}

    model.eval()
    with torch.no_grad():
        seen, _ = model.transform([image.clone() for image in images], None)
        maps = list(model.backbone(seen.tensors).values())
        head = model.head(maps)
    logits, offsets = head["cls_logits"], head["bbox_regression"]
    print(name, "logits", logits.abs().max().item(), logits.std().item(), "offsets", offsets.abs().max().item(), offsets.std().item())
    answers["anchors"] = logits.shape[1]
    answers["logits"] = {"largest": rounded(logits.abs().max()), **sample(logits)}
    answers["offsets"] = {"largest": rounded(offsets.abs().max()), **sample(offsets)}
    with torch.no_grad():
        detections = model([image.clone() for image in images])
    answers["detections"] = [
        [[*map(rounded, box), rounded(score), int(label)] for box, score, label in zip(d["boxes"], d["scores"], d["labels"])]
        for d in detections
    ]

    model.train()
    losses = model([image.clone() for image in images], targets())
    answers["losses"] = {"class": rounded(losses["classification"]), "offset": rounded(losses["bbox_regression"])}
    optimiser = torch.optim.SGD(model.parameters(), lr=0.002, momentum=0.9, weight_decay=0.0005)
    sum(losses.values()).backward()
    answers["gradients"] = {key: fingerprint(key, p.grad) for key, p in model.named_parameters()}
    optimiser.step()
    answers["after"] = {
        key: fingerprint(key, value) for key, value in model.state_dict().items() if value.dtype.is_floating_point
    }
    return answers


def sample(tensor, step=997):
    """Every step-th number."""
    return {"step": step, "values": [rounded(v) for v in tensor.flatten()[::step]]}


def main():
    for name, build, size in [
        ("ssd300", ssd300_vgg16, 300),
        ("ssdlite320", ssdlite320_mobilenet_v3_large, 320),
    ]:
        answers = answers_of(name, build, size)
        print(name, answers["losses"], [len(d) for d in answers["detections"]], [d[:1] for d in answers["detections"]])
        (FOLDER / f"{name}.json").write_text(json.dumps(answers) + "\n")


if __name__ == "__main__":
    main()
