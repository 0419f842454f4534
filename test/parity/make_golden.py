#!/usr/bin/env python3
"""Asks torchvision for the answers that the tests beside this file compare ours with.

    OMP_NUM_THREADS=1 /usr/bin/python3 test/parity/make_golden.py

Made with torchvision 0.14.1. Writes anchors.json, boxes.json and matching.json into this folder. Every
input is drawn from a fixed seed and stored with its answer, so the tests need no Python.
"""
import json
import pathlib

import torch
from torchvision.models.detection._utils import BoxCoder, SSDMatcher
from torchvision.models.detection.anchor_utils import DefaultBoxGenerator
from torchvision.models.detection.image_list import ImageList
from torchvision.ops import batched_nms, box_iou

FOLDER = pathlib.Path(__file__).parent
SSD300 = dict(
    generator=dict(
        aspect_ratios=[[2], [2, 3], [2, 3], [2, 3], [2], [2]],
        scales=[0.07, 0.15, 0.33, 0.51, 0.69, 0.87, 1.05],
        steps=[8, 16, 32, 64, 100, 300],
    ),
    grids=[(38, 38), (19, 19), (10, 10), (5, 5), (3, 3), (1, 1)],
    image=(300, 300),
)
SSDLITE320 = dict(
    generator=dict(aspect_ratios=[[2, 3]] * 6, min_ratio=0.2, max_ratio=0.95),
    grids=[(20, 20), (10, 10), (5, 5), (3, 3), (2, 2), (1, 1)],
    image=(320, 320),
)
# 480 wide and 320 high, cells 80 x 64: a swapped width and height would go unseen on a square.
WIDE = dict(
    generator=dict(aspect_ratios=[[2], [2, 3]], min_ratio=0.2, max_ratio=0.9),
    grids=[(5, 6), (2, 3)],
    image=(320, 480),
)


def rounded(tensor):
    """Nested lists with 6 significant digits, which is what 32-bit floats hold."""
    if tensor.dim() == 0:
        return float(f"{tensor.item():.6g}")
    return [rounded(part) for part in tensor]


def anchors_of(spec):
    """Corners [A, 4] in pixels of the image. spec's grids and image are (height, width), as in torch."""
    height, width = spec["image"]
    maps = [torch.zeros(1, 1, rows, columns) for rows, columns in spec["grids"]]
    images = ImageList(torch.zeros(1, 3, height, width), [(height, width)])
    return DefaultBoxGenerator(**spec["generator"])(images, maps)[0]


def sample_anchors(spec, step):
    """Every step-th anchor with its row number, and the last one."""
    corners = anchors_of(spec)
    rows = sorted({*range(0, len(corners), step), len(corners) - 1})
    return {"count": len(corners), "rows": rows, "corners": rounded(corners[rows])}


def draw_boxes(count, width, height):
    """Random corners inside a picture, sides from 8 pixels to half of it; whole eighths of a pixel."""
    sides = 8 + torch.rand(count, 2) * (torch.tensor([width, height]) / 2 - 8)
    starts = torch.rand(count, 2) * (torch.tensor([width, height]) - sides)
    return (torch.cat([starts, starts + sides], 1) * 8).round() / 8


def make_boxes():
    a, b = draw_boxes(7, 480, 320), draw_boxes(9, 480, 320)
    coder = BoxCoder(weights=(10.0, 10.0, 5.0, 5.0))
    anchors, boxes = draw_boxes(12, 480, 320), draw_boxes(12, 480, 320)
    offsets = ((torch.randn(12, 4) * 8) * 8).round() / 8  # some stretch beyond the clamp
    offsets[0] = torch.tensor([1.0, -2.0, 40.0, 1000.0])
    # Boxes in clusters, so that many overlap; some scores are equal.
    centres = draw_boxes(8, 480, 320).repeat_interleave(6, 0)
    crowded = centres + (torch.randn(48, 4) * 5).round()
    crowded[:, 2:] = torch.maximum(crowded[:, 2:], crowded[:, :2] + 4)
    scores = (torch.rand(48) * 1000).round() / 1000
    classes = torch.randint(0, 3, (48,))
    return {
        "iou": {"a": rounded(a), "b": rounded(b), "matrix": rounded(box_iou(a, b))},
        "encode": {
            "anchors": rounded(anchors),
            "boxes": rounded(boxes),
            "offsets": rounded(coder.encode_single(boxes, anchors)),
        },
        "decode": {
            "anchors": rounded(anchors),
            "offsets": rounded(offsets),
            "boxes": rounded(coder.decode_single(offsets, anchors)),
        },
        "nms": {
            "boxes": rounded(crowded),
            "scores": rounded(scores),
            "classes": classes.tolist(),
            "kept": {
                str(threshold): batched_nms(crowded, scores, classes, threshold).tolist()
                for threshold in (0.3, 0.45, 0.55)
            },
        },
    }


def make_matching():
    """SSDMatcher on ssdlite320's anchors. Two objects of the last case share their best anchor."""
    anchors = anchors_of(SSDLITE320)
    twins = torch.tensor([[100.0, 60.0, 180.0, 140.0], [102.0, 61.0, 181.0, 142.0]])
    clear = lambda count: draw_clear_boxes(count, anchors)
    return [matching_case(objects, anchors) for objects in (clear(1), clear(6), torch.cat([clear(3), twins]))]


def draw_clear_boxes(count, anchors):
    """Boxes whose best anchor is not decided by the last bit, which is nobody's business to reproduce."""
    while True:
        objects = draw_boxes(count, 320, 320)
        ious = box_iou(objects, anchors)
        first, second = ious.topk(2, dim=1).values.unbind(1)
        if (first - second).min() > 1e-4 and (ious - 0.5).abs().min() > 1e-5:
            return objects


def matching_case(objects, anchors):
    matched = SSDMatcher(0.5)(box_iou(objects, anchors))
    positive = (matched >= 0).nonzero().flatten()
    return {
        "objects": rounded(objects),
        "positiveAnchors": positive.tolist(),
        "matchedObjects": matched[positive].tolist(),
    }


def write(name, content):
    (FOLDER / name).write_text(json.dumps(content, separators=(",", ":")) + "\n")


torch.manual_seed(20)
write(
    "anchors.json",
    {
        "ssd300": sample_anchors(SSD300, 61),
        "ssdlite320": sample_anchors(SSDLITE320, 31),
        "wide": sample_anchors(WIDE, 1),
    },
)
write("boxes.json", make_boxes())
write("matching.json", make_matching())
