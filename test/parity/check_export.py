#!/usr/bin/env python3
"""Compares exported files with torchvision: the state dict in its network, the ONNX file beside it.

    singleshot export MODEL --format safetensors --out state.safetensors
    singleshot export MODEL --format onnx --out all.onnx
    singleshot export MODEL --format onnx --nms --out found.onnx
    python3 test/parity/check_export.py ssdlite320 state.safetensors all.onnx found.onnx

MODEL is one whose network torchvision has: ssd300 or ssdlite320. Needs torch, torchvision, numpy and onnxruntime;
made with 1.13, 0.14, 1.24 and 1.30. Prints the largest differences; exit code 1 if they are more than rounding.

torchvision also detects boxes that clipping leaves without area; they are left out before comparing.
"""
import json
import struct
import sys

import numpy as np
import onnxruntime
import torch
from torchvision.models.detection import ssd300_vgg16, ssdlite320_mobilenet_v3_large
from torchvision.ops import clip_boxes_to_image

NETWORKS = {"ssd300": ssd300_vgg16, "ssdlite320": ssdlite320_mobilenet_v3_large}
DTYPES = {"F32": np.float32, "I64": np.int64}
LARGEST_PIXELS = 0.05
LARGEST_SCORE = 1e-4


def read_safetensors(path):
    """The format needs no library: 8 bytes length, a JSON header, the numbers."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        numbers = np.frombuffer(data[begin:end], DTYPES[entry["dtype"]])
        tensors[name] = torch.from_numpy(numbers.reshape(entry["shape"]).copy())
    return tensors


def load_torch(kind, path, classes):
    model = NETWORKS[kind](weights=None, weights_backbone=None, num_classes=classes + 1)
    state = read_safetensors(path)
    print(kind, model.load_state_dict(state, strict=True), len(state), "tensors")
    return model.eval()


def random_picture(width, height):
    """Blocks of colours with noise: uint8 [H, W, 3]."""
    random = np.random.default_rng(1)
    blocks = random.integers(0, 256, (8, 8, 3)).repeat(height // 8 + 1, 0).repeat(width // 8 + 1, 1)
    noise = random.integers(-20, 21, (height, width, 3))
    return np.clip(blocks[:height, :width] + noise, 0, 255).astype(np.uint8)


def every_answer(model, image):
    """Clipped boxes [A, 4] and scores [A, K - 1] of torchvision's network, before anything is selected."""
    images, _ = model.transform([image])
    features = list(model.backbone(images.tensors).values())
    answers = model.head(features)
    anchors = model.anchor_generator(images, features)[0]
    boxes = model.box_coder.decode_single(answers["bbox_regression"][0], anchors)
    boxes = clip_boxes_to_image(boxes, images.image_sizes[0])
    return boxes.numpy(), answers["cls_logits"][0].softmax(-1)[:, 1:].numpy()


def compare_all(model, image, outputs):
    boxes, scores = every_answer(model, image)
    pixels = np.abs(outputs["boxes"][0] - boxes).max()
    score = np.abs(outputs["scores"][0] - scores).max()
    largest = scores.max()
    print(f"  {len(boxes)} anchors: boxes differ by {pixels:.2g} pixels, scores (up to {largest:.3f}) by {score:.2g}")
    return pixels < LARGEST_PIXELS and score < LARGEST_SCORE


def compare_found(model, image, outputs):
    """Pairs each of torchvision's detections with an equal one of the file's."""
    most, model.detections_per_img = model.detections_per_img, sys.maxsize
    found = model([image])[0]
    theirs = torch.cat([found["boxes"], found["scores"][:, None], found["labels"][:, None] - 1.0], 1).numpy()
    theirs = theirs[(theirs[:, 2] > theirs[:, 0]) & (theirs[:, 3] > theirs[:, 1])][:most]
    ours = np.column_stack([outputs["boxes"], outputs["scores"], outputs["labels"]])
    allowed = [LARGEST_PIXELS] * 4 + [LARGEST_SCORE, 0.5]
    alone = 0
    free = np.ones(len(ours), bool)
    for row in theirs:
        same = (np.abs(ours - row) < allowed).all(1) & free
        alone += not same.any()
        free[same.argmax()] &= not same.any()
    print(f"  {len(theirs)} detections there, {len(ours)} here; {alone} and {free.sum()} without a partner")
    return alone == 0 and not free.any()


@torch.no_grad()
def main(kind, state, *graphs):
    passed = True
    for path in graphs:
        session = onnxruntime.InferenceSession(path)
        told = session.get_modelmeta().custom_metadata_map
        model = load_torch(kind, state, len(json.loads(told["classes"])))
        picture = random_picture(*map(int, told["input_size"].split("x")))
        names = [output.name for output in session.get_outputs()]
        outputs = dict(zip(names, session.run(None, {"images": picture[None]})))
        print(path, {name: value.shape for name, value in outputs.items()})
        image = torch.from_numpy(picture).permute(2, 0, 1) / 255
        compare = compare_found if "labels" in outputs else compare_all
        passed = compare(model, image, outputs) and passed
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
