/** @file The words of the lessons, what they mean, and what others call them. docs/glossary.md has the same table; a test compares. */

/** A term. Names that others use are empty where they use the same word, or none. */
export interface Term {
  readonly term: string
  readonly meaning: string
  /** In fast.ai's lecture. */
  readonly lecture: string
  /** In the paper's Caffe code. */
  readonly caffe: string
  readonly torchvision: string
}

const term = (
  name: string,
  meaning: string,
  [lecture, caffe, torchvision]: readonly [string, string, string],
): Term => {
  return { term: name, meaning, lecture, caffe, torchvision }
}

/** All terms, in the order of the lessons. */
export const TERMS: readonly Term[] = [
  term('weights', 'the adjustable numbers of the network; all that training changes', [
    'parameters',
    'blobs',
    'parameters',
  ]),
  term(
    'IoU',
    'the area that two boxes share, divided by the area that they cover together: 0 to 1',
    ['Jaccard overlap', 'JaccardOverlap', 'box_iou'],
  ),
  term('slope', 'how much a result changes when one number becomes a little larger', [
    'derivative',
    'diff',
    'grad',
  ]),
  term('anchors', 'the fixed list of boxes that the network starts from', [
    'anchor boxes, grid cells with zooms and ratios',
    'prior boxes',
    'default boxes',
  ]),
  term(
    'feature map',
    'a grid in which every cell holds a list of numbers about its part of the picture',
    ['activations of a layer', 'blob', 'feature map'],
  ),
  term(
    'feature maps',
    'grids in which every cell holds a list of numbers about its part of the picture',
    ['activations of a layer', 'blobs', 'feature maps'],
  ),
  term('positive', 'of an anchor: responsible for an object', [
    'anchors with pos',
    'match_indices above -1',
    'matched_idxs of 0 or more',
  ]),
  term('negative', 'of an anchor: responsible for no object, so its correct class is background', [
    'bg, “all no”',
    'neg_indices',
    'BELOW_LOW_THRESHOLD',
  ]),
  term(
    'bipartite',
    'matching in which the best pair of all goes first, and no object loses its anchor',
    ['', 'MatchBBox, BIPARTITE', ''],
  ),
  term(
    'overwriting',
    'matching in which each object takes its best anchor, one after the other, and the last one keeps it',
    ['map_to_ground_truth', '', 'SSDMatcher'],
  ),
  term('offsets', 'four numbers that shift and scale an anchor onto a box: dx, dy, dw, dh', [
    'activations, actn_to_bb turns them into boxes',
    'loc',
    'bbox_regression',
  ]),
  term('tanh', 'a curve that squeezes any number into −1 to 1', ['', '', '']),
  term(
    'convolution',
    'a small window that slides over a grid and works out the same weighted sum at every place',
    ['', 'Convolution', 'Conv2d'],
  ),
  term('backbone', 'the layers that make the feature maps', [
    'body, ResNet34',
    'base network',
    'backbone',
  ]),
  term(
    'heads',
    'the last windows, whose outputs are the class numbers and offsets of the anchors',
    ['custom head, SSD_Head, OutConv', 'mbox_conf, mbox_loc', 'SSDHead'],
  ),
  term('receptive field', 'the part of the picture that the numbers of a cell depend on', [
    '',
    '',
    '',
  ]),
  term('loss', 'how wrong the outputs are, as one number', [
    'ssd_loss',
    'MultiBoxLoss',
    'compute_loss',
  ]),
  term(
    'logit',
    'the plain number that the network outputs for a class, before it becomes a probability',
    ['activation', 'conf', 'cls_logits'],
  ),
  term('softmax', 'turns plain numbers into probabilities that add up to 1', [
    'sigmoid per class instead',
    'Softmax',
    'softmax',
  ]),
  term('hard negative mining', 'only the most wrong negatives count, three per positive', [
    '',
    'MAX_NEGATIVE',
    'neg_to_pos_ratio',
  ]),
  term('focal loss', 'a class loss in which easy anchors hardly add anything', [
    'FocalLoss',
    '',
    'RetinaNet’s loss',
  ]),
  term('step', 'one small change of all weights', ['iteration', 'iteration', '']),
  term('batch', 'the pictures of one step', ['mini-batch', '', '']),
  term('epoch', 'once through all training pictures', ['', '', '']),
  term('gradient', 'the slopes of the loss along every number that it depends on', [
    '',
    'diff',
    'grad',
  ]),
  term('snapshots', 'weights saved along the way of training', [
    'saved models',
    'snapshots',
    'checkpoints',
  ]),
  term('score', 'the probability of the class that a claim is about', ['', 'confidence', 'scores']),
  term(
    'NMS',
    'non-maximum suppression: of several boxes of one class on one object the best is kept',
    ['nms', 'ApplyNMS', 'batched_nms'],
  ),
  term('Precision', 'the share of correct boxes among those looked at', ['', '', '']),
  term('Recall', 'the share of objects that have been found', ['', '', '']),
  term('AP', 'average precision: the area under precision over recall', [
    'mAP',
    'AP, 11-point or every point',
    '',
  ]),
]

const byName = new Map(TERMS.map((one) => [one.term.toLowerCase(), one]))

/** The term that a stressed word is; undefined for words stressed for other reasons. */
export function termOf(words: string): Term | undefined {
  return byName.get(words.toLowerCase())
}

/** What others call it, in words; empty where they use the same word. */
export function elsewhere({ lecture, caffe, torchvision }: Term): string {
  const names = [
    lecture && `fast.ai’s lecture: ${lecture}`,
    caffe && `the paper’s code: ${caffe}`,
    torchvision && `torchvision: ${torchvision}`,
  ]
  return names.filter((name) => name !== '').join(' · ')
}
