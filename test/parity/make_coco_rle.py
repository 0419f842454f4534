"""Masks as pycocotools compresses them, with the boxes around them: coco-rle.json.

    pip install pycocotools && python test/parity/make_coco_rle.py > test/parity/coco-rle.json
"""
import json
import sys

import numpy as np
from pycocotools import mask


def example(picture):
    encoded = mask.encode(np.asfortranarray(picture))
    return {
        "size": list(picture.shape),
        "counts": encoded["counts"].decode(),
        "bbox": [float(side) for side in mask.toBbox(encoded)],
    }


chance = np.random.default_rng(3)
examples = []
for height, width in ((7, 5), (40, 90), (200, 133)):
    picture = np.zeros((height, width), np.uint8)
    for _ in range(3):
        y, x = chance.integers(0, height - 1), chance.integers(0, width - 1)
        picture[y : y + chance.integers(1, height), x : x + chance.integers(1, width)] = 1
    picture[chance.random((height, width)) < 0.1] = 0
    examples.append(example(picture))
small = np.zeros((4, 6), np.uint8)
small[1:3, 1] = 1
small[1:4, 2] = 1
examples.append(example(small))
json.dump(examples, sys.stdout)
