#!/usr/bin/env python3
"""Asks PyTorch for one training step of Lesson 9's two detectors, which lesson9.test.ts compares ours with.

    OMP_NUM_THREADS=2 /usr/bin/python3 test/parity/make_lesson9.py

Made with PyTorch 1.13.1 and torchvision 0.14.1, whose ResNet34 it is. Writes lesson9.json into this folder. Neck, heads,
anchors, matching and losses are written down here once more, one picture and one object at a time, from the lecture's
formulas. Weights and pictures are made up, and answers kept, as make_models.py says.

Everything is counted in 64 bits. In 32 bits PyTorch's own gradients are .002 to .05 of their length away from these, by the
made-up weights: among millions of activations a few stand so near a relu's corner that rounding decides their side, and
norms over two pictures of one pixel each magnify it. The weights taken are among the calmest of a dozen.
"""
import json

import torch
from make_models import FOLDER, fingerprint, made_up, picture, rounded, sample
from torch import nn
from torch.nn import functional as F
from torchvision.models import resnet34

CLASSES = 20
SIZE = 224
SALT = 13
HEAD_GAIN = 0.2
BIAS = -4.0  # the lecture's first bias of the class answers
MATCH = 0.4
# Every anchor that answers for one can reach it (ours asks for the nearest box in reach, the lecture for the object).
TARGETS = [
    {"boxes": [[16, 65, 64, 141], [99, 110, 170, 151]], "labels": [1, 20]},
    {"boxes": [[109, 14, 184, 67]], "labels": [7]},
]
GRIDS = {"lesson9": [4, 2, 1], "lesson9-simple": [4]}
SHAPES = {
    "lesson9": [(zoom * w, zoom * h) for zoom in (0.7, 1.0, 1.3) for w, h in ((1, 1), (1, 0.5), (0.5, 1))],
    "lesson9-simple": [(1.0, 1.0)],
}


class StdConv(nn.Module):
    def __init__(self, inputs, stride):
        super().__init__()
        self.conv = nn.Conv2d(inputs, 256, 3, stride=stride, padding=1)
        self.bn = nn.BatchNorm2d(256)

    def forward(self, x):
        return self.bn(F.relu(self.conv(x)))


class Detector(nn.Module):
    def __init__(self, name):
        super().__init__()
        self.backbone = resnet34(weights=None)
        self.backbone.fc = nn.Identity()
        self.backbone.neck = nn.ModuleList([StdConv(512, 1)] + [StdConv(256, 2) for _ in GRIDS[name]])
        k = len(SHAPES[name])
        answer = lambda numbers: nn.ModuleList([nn.Conv2d(256, k * numbers, 3, padding=1) for _ in GRIDS[name]])
        self.head = nn.ModuleDict({
            "classification_head": nn.ModuleDict({"module_list": answer(CLASSES + 1)}),
            "regression_head": nn.ModuleDict({"module_list": answer(4)}),
        })

    def forward(self, x):
        b = self.backbone
        x = b.maxpool(b.relu(b.bn1(b.conv1(x))))
        x = b.neck[0](F.relu(b.layer4(b.layer3(b.layer2(b.layer1(x))))))
        logits, offsets = [], []
        for level, halve in enumerate(list(b.neck)[1:]):
            x = halve(x)
            for answers, numbers, head in ((logits, CLASSES + 1, "classification_head"), (offsets, 4, "regression_head")):
                raw = self.head[head]["module_list"][level](x)
                answers.append(raw.permute(0, 2, 3, 1).reshape(x.shape[0], -1, numbers))
        return torch.cat(logits, 1), torch.cat(offsets, 1)


def anchors_of(name):
    """[A, 4] centre and sides, [A] the cell's side; in shares of the picture."""
    rows, cells = [], []
    for grid in GRIDS[name]:
        for row in range(grid):
            for column in range(grid):
                for w, h in SHAPES[name]:
                    rows.append([(column + 0.5) / grid, (row + 0.5) / grid, w / grid, h / grid])
                    cells.append(1 / grid)
    return torch.tensor(rows), torch.tensor(cells)


def corners(boxes):
    return torch.cat([boxes[:, :2] - boxes[:, 2:] / 2, boxes[:, :2] + boxes[:, 2:] / 2], 1)


def centre_sizes(boxes):
    return torch.cat([(boxes[:, :2] + boxes[:, 2:]) / 2, boxes[:, 2:] - boxes[:, :2]], 1)


def overlap(a, b):
    """IoU of two boxes, [x1, y1, x2, y2] each."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    shared = max(width, 0) * max(height, 0)
    return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)


def match(objects, anchors):
    """For each anchor the number of its object, -1 for background."""
    boxes = corners(anchors)
    table = torch.tensor([[overlap(o, a) for a in boxes.tolist()] for o in objects.tolist()])
    best, of = table.max(0)
    for number, anchor in enumerate(table.argmax(1)):
        best[anchor], of[anchor] = 1.99, number
    return torch.where(best > MATCH, of, torch.full_like(of, -1))


def loss_of(name, logits, offsets, target):
    """Class and offset loss of one picture."""
    anchors, cells = anchors_of(name)
    objects = torch.tensor(target["boxes"], dtype=torch.float64) / SIZE
    of = match(objects, anchors)
    positive = of >= 0
    yes = torch.zeros(len(of), CLASSES)
    for anchor in positive.nonzero()[:, 0]:
        yes[anchor, target["labels"][of[anchor]] - 1] = 1
    answers = logits[:, 1:]  # ours keeps background's column first; the lecture last: neither asks it
    error = F.binary_cross_entropy_with_logits(answers, yes, reduction="none")
    if name == "lesson9":
        p = answers.sigmoid()
        right = torch.where(yes > 0, p, 1 - p)
        error = error * torch.where(yes > 0, torch.tensor(0.25), torch.tensor(0.75)) * (1 - right)
    moves = torch.tanh(offsets)
    centres = anchors[:, :2] + moves[:, :2] / 2 * cells[:, None]
    sides = anchors[:, 2:] * (1 + moves[:, 2:] / 2)
    found = corners(torch.cat([centres, sides], 1))
    target_moves = 2 * (centre_sizes(objects)[of] - anchors)[positive]
    target_moves /= torch.cat([cells[:, None].expand(-1, 2), anchors[:, 2:]], 1)[positive]
    assert target_moves.abs().max() < 0.97
    wrong_place = (found[positive] - objects[of[positive]]).abs().mean()
    return error.sum() / CLASSES, wrong_place, int(positive.sum())


def answers_of(name):
    model = Detector(name)
    state = model.state_dict()
    for key, value in state.items():
        if value.dtype.is_floating_point:
            state[key] = torch.from_numpy(made_up(key, tuple(value.shape), SALT, HEAD_GAIN).astype("float32"))
        if key.startswith("head.classification_head") and key.endswith("bias"):
            state[key] += BIAS
    model.load_state_dict(state)
    mean, std = torch.tensor([123.675, 116.28, 103.53]), torch.tensor([58.395, 57.12, 57.375])
    images = torch.stack([(picture(i, SIZE) * 255 - mean[:, None, None]) / std[:, None, None] for i in range(len(TARGETS))])
    answers = {}

    model.eval()
    with torch.no_grad():
        logits, offsets = model(images)
    for key, tensor in (("logits", logits), ("offsets", offsets)):
        answers[key] = {"largest": rounded(tensor.abs().max()), **sample(tensor, 97)}
    answers["anchors"] = logits.shape[1]

    model.train()
    logits, offsets = model(images)
    parts = [loss_of(name, *each) for each in zip(logits, offsets, TARGETS)]
    class_loss, offset_loss = (sum(part[i] for part in parts) / len(parts) for i in (0, 1))
    (class_loss + offset_loss).backward()
    answers["positives"] = [part[2] for part in parts]
    answers["losses"] = {"class": rounded(class_loss), "offset": rounded(offset_loss)}
    answers["gradients"] = {key: fingerprint(key, p.grad) for key, p in model.named_parameters()}
    print(name, answers["losses"], answers["positives"], logits.std().item(), offsets.std().item())
    return answers


def main():
    torch.set_default_dtype(torch.float64)
    answers = {name: answers_of(name) for name in GRIDS}
    text = json.dumps({"classes": CLASSES, "size": SIZE, "bias": BIAS, "targets": TARGETS, **answers})
    (FOLDER / "lesson9.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
